from odoo import api, fields, models


class OutsourcingContractMilestone(models.Model):
    """Which work a payment row is about: its acceptance asks the items of that work."""

    _inherit = "outsourcing.contract.milestone"

    work_kind_ids = fields.Many2many(
        "outsourcing.work.kind",
        string="Kinds of work",
        help="What is checked when the row is accepted. What no row names is checked at the completion.",
    )

    @api.model
    def _get_free_fields(self):
        # no term of the contract: it may be named when the site knows how the work is cut
        return super()._get_free_fields() | {"work_kind_ids"}

    def _get_other_rows(self):
        """Return the other payment rows of the same contract and community."""
        self.ensure_one()
        rows = self.contract_id.milestone_ids - self
        return rows.filtered(lambda row: row.community_id == self.community_id)
