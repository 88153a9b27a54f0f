from odoo import models

from ...tools import paper_date


class OutsourcingContractSuspension(models.Model):
    """The notices of a suspension: work stops (停工通知单), work goes on (复工通知单)."""

    _name = "outsourcing.contract.suspension"
    _inherit = ["outsourcing.contract.suspension", "outsourcing.paper.mixin"]

    def action_print_stop(self):
        """Print the notice that work stops."""
        self._check_paper("suspension_notice")
        return self.env.ref("property_outsourcing.report_suspension_notice").report_action(self)

    def action_print_resumption(self):
        """Print the notice that work goes on."""
        self._check_paper("resumption_notice")
        return self.env.ref("property_outsourcing.report_resumption_notice").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if paper == "resumption_notice" and not self.date_resumed:
            missing.append(self.env._("work has not been resumed"))
        return missing

    def _get_notice_number(self):
        """Return the number of the notice: that of the contract and which of its suspensions it is."""
        self.ensure_one()
        rows = self.contract_id.suspension_ids.sorted(lambda row: (row.date_start, row.id))
        return f"{self.contract_id.name}-{rows.ids.index(self.id) + 1}"

    def _get_print_terms(self):
        """Return what rests with the work, a sentence each."""
        self.ensure_one()
        _ = self.env._
        return [
            _("The fee of these days is not due.") if self.pauses_fee else _("The fee goes on."),
            _("The time limits of the work orders rest.")
            if self.pauses_limits
            else _("The time limits of the work orders go on."),
        ]

    def _get_notice_signers(self):
        """Return who signs a notice, in this order."""
        _ = self.env._
        return [
            _("Issued by Party A (project manager, seal)"),
            _("Received for Party B (signature, seal)"),
        ]

    def _get_paper_date(self, name):
        """Return the day of the field ``name`` as the notice writes it."""
        return paper_date(self.env, self[name])
