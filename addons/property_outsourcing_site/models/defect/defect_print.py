from odoo import models

# what a contractor is charged for where a rectification notice is not followed
CITED_FACTS = {"rectification_late", "rectification_overdue", "defect_repeated"}


class OutsourcingDefect(models.Model):
    """What the rectification notice says beside its fields."""

    _inherit = "outsourcing.defect"

    def _get_cited_clauses(self):
        """Return the clauses of the contract that follow where the notice is not, by number and name."""
        self.ensure_one()
        return self.contract_id.sudo()._get_cited_clauses(CITED_FACTS)  # clauses both parties have signed

    def _get_print_reinspection(self):
        """Return what the re-inspection found, with boxes to tick while it is still to come."""
        self.ensure_one()
        _ = self.env._
        if self.state != "closed":
            return _("□ passed    □ not passed, to be rectified again")
        return _("passed") if self.date_rectified else _("dropped without a rectification")
