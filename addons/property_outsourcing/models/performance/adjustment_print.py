from odoo import models


class OutsourcingAdjustment(models.Model):
    """The notice a contractor gets of a deduction or reward (考核扣款通知单)."""

    _name = "outsourcing.adjustment"
    _inherit = ["outsourcing.adjustment", "outsourcing.paper.mixin"]

    def action_print_notice(self):
        """Print the notice to the contractor."""
        self._check_paper("adjustment_notice")
        return self.env.ref("property_outsourcing.report_adjustment_notice").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if self.state == "proposed":
            missing.append(self.env._("it is not established yet: a manager confirms it first"))
        elif self.state == "waived":
            missing.append(self.env._("it has been waived"))
        return missing

    def _get_print_facts(self):
        """Return [(day, what was found, source)] of what the notice rests on; one case is named once."""
        self.ensure_one()
        labels = {code: kind.label for code, kind in self.env["outsourcing.fact"]._get_fact_types().items()}
        rows = [
            (fact.date, fact.note or labels.get(fact.fact_type), fact.source_name or "")
            for fact in self.with_context(active_test=False).fact_ids.sorted("date")
        ]
        return list(dict.fromkeys(rows))

    def _get_notice_signers(self):
        """Return who signs the notice, in this order."""
        _ = self.env._
        return [
            _("Drawn up by (project department)"),
            _("Project manager"),
            _("Received for Party B (signature, seal)"),
        ]
