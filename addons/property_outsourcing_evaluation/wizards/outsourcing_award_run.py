from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingAwardRun(models.TransientModel):
    """Of which year gold partners are proposed now."""

    _name = "outsourcing.award.run"
    _description = "Propose Gold Partners"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    year = fields.Char(required=True, default=lambda self: str(trade_today(self.env.company).year - 1))

    def action_run(self):
        """Propose who is eligible, and open all gold partners of the year, the best first."""
        self.ensure_one()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("A manager proposes gold partners."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your companies."))
        year = self._get_year()
        # sudo: the manager was checked; whose quarters they are is read for all
        awards = self.env["outsourcing.award"].sudo()
        firms = self.env["res.partner"].browse(awards._map_eligible(self.company_id, year))
        domain = [("year", "=", str(year)), ("company_id", "=", self.company_id.id)]
        if not firms and not awards.search_count(domain, limit=1):
            raise UserError(
                self.env._(
                    "Nobody is eligible in %s: each quarter final and with the best grade, enough quarters, "
                    "no card.",
                    year,
                )
            )
        firms._run_in_batches("_propose_outsourcing_awards", self.company_id, year)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_award_action"
        )
        return {**action, "domain": domain, "context": {}}

    def _get_year(self):
        typed, last = (self.year or "").strip(), trade_today(self.company_id).year - 1
        # an award is valid for a year from its decision on: one for a year long gone would honour the past
        if not (typed.isdecimal() and len(typed) == 4 and last - 1 <= int(typed) <= last):
            raise UserError(
                self.env._(
                    "Choose one of the last two years that have ended: %(before)s or %(last)s.",
                    before=last - 1,
                    last=last,
                )
            )
        return int(typed)
