from odoo import models


class IrCron(models.Model):
    """The jobs of the suite write in the language, and count the days, of the company they run for.

    A job runs without language and time zone: its activities and messages would be English, and its today
    would begin eight hours late in China.
    """

    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        return super(IrCron, self._with_company_locale())._callback(cron_name, server_action_id)

    def _with_company_locale(self):
        """Return ``self`` in the language and time zone of the company, if it is a job of the suite."""
        self.ensure_one()
        if not self.get_external_id()[self.id].startswith("property_outsourcing"):
            return self
        partner = self.env.company.partner_id
        locale = {"lang": partner.lang, "tz": partner.tz}
        return self.with_context(**{key: value for key, value in locale.items() if value})
