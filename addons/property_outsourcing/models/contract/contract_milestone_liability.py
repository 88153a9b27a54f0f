from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class OutsourcingContractMilestone(models.Model):
    """How long the contractor answers for defects of a payment row.

    Defect liability, warranty and with them the retention run from the acceptance of the completed works,
    not of a part (建质〔2017〕138号, article 8; 建设工程质量管理条例, article 40); a part handed over on its
    own runs from its own acceptance.
    """

    _inherit = "outsourcing.contract.milestone"

    is_separate_handover = fields.Boolean(
        "Handed Over Separately",
        compute="_compute_is_separate_handover",
        store=True,
        readonly=False,
        precompute=True,
        help="Liability, warranty and retention of this row run from its own acceptance, not from the "
        "completion of the contract. A period of service is always a matter of its own.",
    )
    date_liability_end = fields.Date("Liability until", compute="_compute_liability", store=True)
    date_warranty_end = fields.Date("Warranty until", compute="_compute_liability", store=True)
    liability_text = fields.Char("Liability", compute="_compute_liability_text")

    @api.depends("kind")
    def _compute_is_separate_handover(self):
        for row in self:
            row.is_separate_handover = row.kind == "period"

    @api.depends(
        "is_separate_handover", "date_accepted", "contract_id.date_handed_over",
        "contract_id.retention_months", "contract_id.warranty_months",
    )  # fmt: skip
    def _compute_liability(self):
        for row in self:
            contract, start = row.contract_id, row._get_liability_start()
            row.date_liability_end = start and start + relativedelta(months=contract.retention_months)
            row.date_warranty_end = start and start + relativedelta(months=contract.warranty_months)

    def _get_liability_start(self):
        """Return the day from which the contractor answers for this row, or False while it is not known."""
        self.ensure_one()
        accepted, completed = self.date_accepted, self.contract_id.date_handed_over
        if self.is_separate_handover or not accepted:
            return accepted
        return completed and max(completed, accepted)

    @api.depends("date_liability_end", "date_accepted")
    @api.depends_context("lang")
    def _compute_liability_text(self):
        for row in self:
            months, until = row.contract_id.retention_months, row.date_liability_end
            if until:
                row.liability_text = self.env._("until %s", until)
            elif months:
                row.liability_text = self.env._("%s months from completion", months)
            else:
                row.liability_text = False
