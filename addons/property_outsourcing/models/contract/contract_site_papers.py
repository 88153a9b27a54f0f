from odoo import models

ENDED_STATES = {"completed", "terminated", "closed"}
HANDED_ROWS = 4


class OutsourcingContract(models.Model):
    """Papers of the site: hand-over when a contractor comes and goes (交接单), the warranty (保修书)."""

    _inherit = "outsourcing.contract"

    def action_print_handover(self):
        """Print the hand-over sheet: of the entry, after the end that of the exit."""
        self._check_own_communities()
        self._check_paper("contract_handover")
        return self.env.ref("property_outsourcing.report_contract_handover").report_action(self)

    def action_print_warranty(self):
        """Print the warranty certificate of the works."""
        self._check_own_communities()
        self._check_paper("contract_warranty")
        return self.env.ref("property_outsourcing.report_contract_warranty").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if paper == "contract_handover" and self.state in ("draft", "to_approve", "cancelled"):
            missing.append(self.env._("the contract is not in force"))
        if paper == "contract_warranty":
            missing += self._get_missing_warranty_terms()
        return missing

    def _get_missing_warranty_terms(self):
        if self.kind != "works":
            return [self.env._("only works have a warranty certificate")]
        fields = self.fields_get(["warranty_months"], ["string"])
        return [] if self.warranty_months else [fields["warranty_months"]["string"]]

    def _is_leaving(self):
        """Return whether the hand-over is that of the exit."""
        self.ensure_one()
        return self.state in ENDED_STATES

    def _get_handed_over(self):
        """Return [(what, quantity, state)] of the sheet: what the contract knows, and lines to fill in."""
        self.ensure_one()
        _ = self.env._
        equipment = self._get_print_equipment()
        rows = [
            (_("Site and its surroundings, finished work to be protected"), "", ""),
            (_("Keys, access cards, accounts and passwords"), "", ""),
            (_("Drawings, equipment files and records of upkeep"), "", ""),
            (_("Material, spare parts and tools of Party A"), "", ""),
            (_("Readings of water and electricity meters"), "", ""),
        ]
        if equipment:
            rows.insert(1, (_("Equipment, as in the list of the equipment"), str(len(equipment)), ""))
        if self._is_leaving():
            states = dict(self.deliverable_ids._fields["state"]._description_selection(self.env))
            rows += [(row.name, "1", states[row.state]) for row in self.deliverable_ids]
        return rows + [("", "", "")] * HANDED_ROWS

    def _get_handover_signers(self):
        """Return who signs the hand-over, who hands over first."""
        self.ensure_one()
        _ = self.env._
        parties = [_("Party A (signature, seal)"), _("Party B (signature, seal)")]
        given, taken = reversed(parties) if self._is_leaving() else parties
        return [
            _("Handed over: %s", given),
            _("Taken over: %s", taken),
            _("Witnessed by (project department)"),
        ]

    def _get_print_warranty_term(self):
        """Return how long the works are under warranty, with the days once their completion is accepted."""
        self.ensure_one()
        months, end = self.warranty_months, self._get_warranty_end()
        if not end:
            return self.env._("The warranty is %s months from the day the completion is accepted.", months)
        return self.env._(
            "The warranty is %(months)s months from the day the completion was accepted, from %(start)s to "
            "%(end)s.",
            months=months,
            start=self._get_print_date(self.date_handed_over),
            end=self._get_print_date(end),
        )

    def _get_warranty_end(self):
        """Return the last day of the warranty of the works; False before their completion is accepted."""
        self.ensure_one()
        days = [day for day in self._get_completion_rows().mapped("date_warranty_end") if day]
        return max(days, default=False)
