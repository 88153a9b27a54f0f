from odoo import api, models
from odoo.exceptions import UserError

from ...tools import join_names
from ..workflow.gate import is_gate_open

# what nobody prints on a contract: how to reach the person, and how the person sees the pages
CONTACT_FIELDS = {
    "email",
    "phone",
    "lang",
    "tz",
    "image_1920",
}
# what core notes on any contact while somebody else acts: a mail was sent, a meeting was seen
NOTE_PREFIXES = ("signup_", "message_", "activity_", "calendar_")
# of a private person, such as an owners' representative: no document of ours shows where somebody lives
ADDRESS_FIELDS = {"street", "street2", "zip", "city", "state_id", "country_id"}


class ResPartner(models.Model):
    """People of the portal change how they are reached, never what contracts print of them.

    Core lets them do more, in several places, in sudo; so it is refused here, whatever code acts for them.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if self._is_portal_acting():
            firms = partners.commercial_partner_id - partners
            firms = firms.filtered("is_company")._filter_named_in_outsourcing()
            if firms:
                raise UserError(
                    self.env._(
                        "People and addresses of %s are entered by the property company.", firms[0].name
                    )
                )
        return partners

    def write(self, vals):
        if self._is_portal_acting():
            self.check_access("write")  # a stranger learns nothing
            self._check_portal_may_write(vals)
        return super().write(vals)

    def _is_portal_acting(self):
        return self.env.user.share and not is_gate_open(self)

    def _check_portal_may_write(self, vals):
        """Raise UserError if ``vals`` would change what documents of the suite print of ``self``."""
        for partner in self.sudo():  # compares only; access was checked
            changed = partner._get_changed_fields(vals) - partner._get_portal_fields()
            changed = {name for name in changed if not name.startswith(NOTE_PREFIXES)}
            if changed and (partner | partner.commercial_partner_id)._filter_named_in_outsourcing():
                labels = [self._fields[name]._description_string(self.env) for name in sorted(changed)]
                raise UserError(
                    self.env._(
                        "Contracts and records of %(name)s show these data, so the property company changes "
                        "them: %(fields)s. Please ask it.",
                        name=partner.name,
                        fields=join_names(self.env, labels),
                    )
                )

    def _get_portal_fields(self):
        """Return the names of the fields of this contact that the acting portal user may change."""
        self.ensure_one()
        holder = self.commercial_partner_id
        if not holder.is_company and not holder.outsourcing_state:
            return CONTACT_FIELDS | ADDRESS_FIELDS if self == holder else set(self._fields)
        user = self.env.user
        return CONTACT_FIELDS if user._is_public() or user.partner_id == self else set()
