import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.evidence.media import detect_mimetype
from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

STAFF = "property_outsourcing.group_outsourcing_user"
SCAN_MAX = 10 * 1024 * 1024


class OutsourcingSurveyEntry(models.TransientModel):
    """Types in what a household said on paper or on the telephone. It forgets itself once it is recorded."""

    _name = "outsourcing.survey.entry"
    _description = "Record the Answer of a Household"

    round_id = fields.Many2one("outsourcing.survey.round", required=True, ondelete="cascade")
    channel = fields.Selection(
        [("paper", "Paper ballot"), ("phone", "Telephone interview")], required=True, default="paper"
    )
    ballot_id = fields.Many2one(
        "outsourcing.ballot",
        "Household",
        required=True,
        ondelete="cascade",
        domain="[('round_id', '=', round_id), ('is_returned', '=', False)]",
    )
    marks = fields.Char(
        "Marks in a Row",
        help="1 for very satisfied to 5 for very dissatisfied, one per question in their order; "
        "0 where nothing is marked.",
    )
    line_ids = fields.One2many("outsourcing.survey.entry.line", "entry_id", "Answers")
    comment = fields.Text()
    scan = fields.Binary(
        help="Photo or PDF of the answers, without the part that names the household.", attachment=False
    )
    scan_name = fields.Char()
    issued_count = fields.Integer(related="round_id.issued_count")
    returned_count = fields.Integer(related="round_id.returned_count")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        survey = self.env["outsourcing.survey.round"].browse(values.get("round_id"))
        if survey and "line_ids" in fields:
            values["line_ids"] = [
                Command.create({"question_id": question.id}) for question, _levels in survey._get_levels()
            ]
        return values

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        for entry, vals in zip(entries, vals_list, strict=True):
            if entry.marks and "line_ids" not in vals:  # no form filled them in
                if not entry.line_ids:  # by default those of the survey in the context
                    entry.line_ids = [
                        Command.create({"question_id": question.id})
                        for question, _levels in entry.round_id._get_levels()
                    ]
                entry._onchange_marks()
        return entries

    @api.onchange("marks")
    def _onchange_marks(self):
        offered = {question.id: levels for question, levels in self.round_id._get_levels()}
        for line, mark in zip(self.line_ids, self._read_marks(), strict=False):
            levels = offered[line.question_id.id]
            line.answer_id = levels[int(mark) - 1] if mark != "0" else False

    def _read_marks(self):
        marks = (self.marks or "").replace(" ", "")
        if set(marks) - set("012345") or len(marks) not in (0, len(self.line_ids)):
            raise UserError(
                self.env._("Type one digit from 0 to 5 for each of the %s questions.", len(self.line_ids))
            )
        return marks

    def action_record(self):
        """Record the answer, and ask for the next one."""
        self.ensure_one()
        if not self.env.user.has_group(STAFF):
            raise UserError(self.env._("Answers of households are typed in by the property company."))
        self.round_id.check_access("read")  # the members of the community
        self.ballot_id.check_access("read")
        if self.ballot_id.round_id != self.round_id:
            raise UserError(self.env._("This household belongs to another survey."))
        levels = {line.question_id.id: line.answer_id.id for line in self.line_ids}
        comment, channel, survey = self.comment, self.channel, self.round_id
        scan = self._read_scan()
        # sudo: a member of the community was checked
        self.ballot_id.sudo()._vote(levels, comment, channel, self.env.user)
        survey.sudo()._keep_scan(scan)  # as above
        # household and answer lie side by side here alone; sudo: the own entry
        self.sudo().unlink()
        return survey._open_entry(channel)

    def _read_scan(self):
        """Return the bytes of the scan, which a paper needs."""
        data = base64.b64decode(self.scan or b"")
        if self.channel == "paper" and not data:
            raise UserError(self.env._("Add the scan or a photo of the paper, without the household's name."))
        if data and not detect_mimetype(data):
            raise UserError(self.env._("The scan is neither a photo nor a PDF."))
        if len(data) > SCAN_MAX:
            raise UserError(self.env._("The scan is too large: at most 10 MB."))
        return data


class OutsourcingSurveyEntryLine(models.TransientModel):
    _name = "outsourcing.survey.entry.line"
    _description = "Level a Household Has Chosen"

    entry_id = fields.Many2one("outsourcing.survey.entry", required=True, ondelete="cascade")
    question_id = fields.Many2one("survey.question", required=True, readonly=True, ondelete="cascade")
    answer_id = fields.Many2one(
        "survey.question.answer",
        "Level",
        ondelete="cascade",
        domain="[('question_id', '=', question_id)]",
    )


class OutsourcingSurveyRound(models.Model):
    _inherit = "outsourcing.survey.round"

    def action_record_paper(self):
        """Type in a paper ballot."""
        self.ensure_one()
        return self._open_entry("paper")

    def action_record_phone(self):
        """Type in a telephone interview."""
        self.ensure_one()
        return self._open_entry("phone")

    def _open_entry(self, channel):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record an Answer"),
            "res_model": "outsourcing.survey.entry",
            "view_mode": "form",
            "target": "new",
            "context": {"default_round_id": self.id, "default_channel": channel},
        }

    def _keep_scan(self, data):
        """Keep the scan of a paper under a name that says nothing; all of one round on one day."""
        if not data:
            return
        name = str(len(self.scan_ids) + 1)
        files = open_gate(self.env["ir.attachment"])
        scan = files.create({"name": name, "raw": data, "res_model": self._name, "res_id": self.id})
        self._gated().write({"scan_ids": [Command.link(scan.id)]})
