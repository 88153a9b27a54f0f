from odoo import api, fields, models


class OutsourcingAcceptance(models.Model):
    """The items an acceptance checks: those of its payment row, judged one by one where it matters."""

    _inherit = "outsourcing.acceptance"

    checklist_id = fields.Many2one(
        "outsourcing.checklist", compute="_compute_checklist", store=True, readonly=False
    )
    line_ids = fields.One2many("outsourcing.acceptance.line", "acceptance_id", string="Items")
    main_failed = fields.Integer(string="Main items failed", compute="_compute_line_results", store=True)
    general_checked = fields.Integer(
        string="General items checked", compute="_compute_line_results", store=True
    )
    general_passed = fields.Integer(
        string="General items passed", compute="_compute_line_results", store=True
    )
    general_rate = fields.Float(
        string="General items passed (%)",
        compute="_compute_line_results",
        store=True,
        digits=(16, 2),
        aggregator=None,
        help="Of the general items that were checked; there is no rate while none was.",
    )
    work_kind_ids = fields.Many2many(related="milestone_id.work_kind_ids", readonly=False)
    checklist_hint = fields.Char(compute="_compute_checklist_hint", export_string_translation=False)
    open_line_count = fields.Integer(string="Items to check", compute="_compute_line_results", store=True)

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("milestone_id")
    def _compute_checklist(self):
        lists = self.env["outsourcing.checklist"].search(
            [("service_type_id", "in", self.service_type_id.ids), ("cycle", "=", "none")]
        )
        by_service = lists.grouped("service_type_id")
        for acceptance in self:
            if acceptance.method == "levels" and acceptance.milestone_id.kind != "advance":
                empty = self.env["outsourcing.checklist"]
                acceptance.checklist_id = by_service.get(acceptance.service_type_id, empty)[:1]
            else:
                acceptance.checklist_id = False

    @api.depends("line_ids.result", "line_ids.item_class")
    def _compute_line_results(self):
        for acceptance in self:
            lines = acceptance.line_ids
            general = lines.filtered(
                lambda line: line.item_class == "general" and line.result in ("pass", "fail")
            )
            passed = general.filtered(lambda line: line.result == "pass")
            acceptance.open_line_count = len(lines.filtered(lambda line: not line.result))
            acceptance.main_failed = len(
                lines.filtered(lambda line: line.item_class == "main" and line.result == "fail")
            )
            acceptance.general_checked = len(general)
            acceptance.general_passed = len(passed)
            acceptance.general_rate = 100.0 * len(passed) / len(general) if general else 0.0

    # ---- from the checklist -----------------------------------------------------------------------------

    def _load_checklist(self):
        """Copy the checklist's items that belong to the row, as they read today, into the acceptance."""
        self.line_ids._gated().unlink()
        lines = self.env["outsourcing.acceptance.line"]
        # sudo: who creates the acceptance was checked
        lines = (
            lines.sudo()
            ._gated()
            .create(
                [
                    acceptance._prepare_line_vals(item)
                    for acceptance in self
                    # the checklist is general master data
                    for item in acceptance.checklist_id.sudo()._get_row_items(acceptance.milestone_id.sudo())
                ]
            )
        )
        lines._copy_wording()

    @api.model
    def _get_item_fields(self):
        return (
            "sequence", "code", "name", "requirement", "judge", "item_class", "is_concealed", "has_value_min",
            "value_min", "has_value_max", "value_max", "value_uom", "requires_value", "requires_photo",
        )  # fmt: skip

    def _prepare_line_vals(self, item):
        """Return the values of the acceptance item made from the checklist's ``item``."""
        self.ensure_one()
        vals = {name: item[name] for name in self._get_item_fields()}
        return {**vals, "acceptance_id": self.id, "item_id": item.id}

    @api.depends("milestone_id.work_kind_ids", "checklist_id", "state")
    @api.depends_context("lang")
    def _compute_checklist_hint(self):
        for acceptance in self:
            row = acceptance.milestone_id
            is_part = (
                row and acceptance.method == "levels" and row not in row.contract_id._get_completion_rows()
            )
            cut = acceptance.checklist_id.sudo().item_ids.work_kind_ids  # general master data
            acceptance.checklist_hint = (
                acceptance.state == "draft"
                and is_part
                and cut
                and not row.work_kind_ids
                and self.env._(
                    "The payment row names no kind of work: what belongs to one is checked at the "
                    "completion. Name it here to have it checked now."
                )
            )

    # ---- judging ----------------------------------------------------------------------------------------

    def action_pass_remaining(self):
        """Mark what is judged by eye and was not judged yet as passed; say what is left to be judged."""
        self.check_access("write")
        open_lines = self.line_ids.filtered(lambda line: not line.result)
        together = open_lines.filtered(lambda line: line._may_pass_in_bulk())
        together.write({"result": "pass"})
        left = open_lines - together
        return left._get_left_notification() if left else True

    def _get_line_blockers(self):
        blockers = []
        if self.open_line_count:
            blockers.append(
                self.env._("%s items of the checklist are not checked yet.", self.open_line_count)
            )
        failed = self.line_ids.filtered(lambda line: line.item_class == "main" and line.result == "fail")
        blockers += [self.env._("Main item failed: %s.", line.display_name) for line in failed]
        # sudo: general terms
        required = self.template_id.sudo().min_general_rate
        if self.general_checked and self.general_rate < required and not self.is_concession:
            blockers.append(
                self.env._(
                    "Only %(rate)s %% of the general items pass, %(required)s %% are required; a manager "
                    "may accept "
                    "by concession.",
                    rate=f"{self.general_rate:.1f}",
                    required=f"{required:g}",
                )
            )
        return blockers
