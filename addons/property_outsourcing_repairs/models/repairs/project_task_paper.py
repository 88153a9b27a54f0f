from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .project_task_measure import USER


class ProjectTask(models.Model):
    """The contractor's report on paper: staff types the quantities and files the sheet that was signed."""

    _inherit = "project.task"

    _upload_modes = ("evidence", "paper")

    outsourcing_report_signer_id = fields.Many2one(
        "res.partner",
        "Report Signed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who signed the report on paper. Whoever entered it is named as reporter and accepts nothing.",
    )

    def action_outsourcing_report_paper(self):
        """Open the dialogue that files the report the contractor signed on paper."""
        self.ensure_one()
        self._check_paper_report()
        return self._get_upload_action("paper", self.env._("Report on Paper"))

    def _get_upload_firm(self):
        return self.outsourcing_contractor_id

    def _receive_upload(self, upload, files):
        if upload.mode == "paper":
            return self._record_report_paper(upload.performer_id, files)
        return super()._receive_upload(upload, files)

    def _record_report_paper(self, signer, files):
        """Record the report the contractor handed in on paper (代录); another person accepts it.

        :param signer: the person of the contractor who signed the sheet (res.partner)
        :param list files: scan of the sheet, (file name, bytes); at least one
        """
        self.ensure_one()
        self._check_paper_report()
        if not files:
            raise UserError(self.env._("Attach the scan of the sheet the party signed."))
        if not signer:
            raise UserError(self.env._("Name the person who signed the sheet."))
        caption = self.env._("Signed report")
        self._add_evidence(files, "after", signer, caption=caption, is_paper=True)  # refuses a stranger
        order = self.sudo()  # the actor was checked
        order._finish_report()
        open_gate(order).write(
            {**order._prepare_report_vals("completed"), "outsourcing_report_signer_id": signer.id}
        )

    def _check_paper_report(self):
        """Raise unless the acting person may enter a report, and the order waits for one with quantities."""
        self._check_measure_actor(USER)
        order = self.sudo()  # the actor was checked
        order._check_measure_state("estimate")
        if order.is_closed:
            raise UserError(self.env._("%s is closed.", order.name))
        order._check_reported()
