from odoo import models


class OutsourcingAcceptance(models.Model):
    """What the sheet is called and says, by what is accepted."""

    _inherit = "outsourcing.acceptance"

    def _is_completion(self):
        """Return whether the completion of works is accepted."""
        self.ensure_one()
        return self.contract_id.kind == "works" and self.milestone_id.kind == "completion"

    def _get_print_title(self):
        """Return the title of the sheet: works and their completion have names of their own."""
        self.ensure_one()
        if self._is_completion():
            return self.env._("Acceptance of the completion of works")
        if self.contract_id.kind == "works":
            return self.env._("Acceptance of works")
        return self.env._("Acceptance sheet")
