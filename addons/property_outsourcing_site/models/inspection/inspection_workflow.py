from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.property_outsourcing.models.workflow.act_time import act_time
from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

_IDENTITY = (
    "plan_id",
    "contract_id",
    "community_id",
    "kind",
    "party",
    "party_partner_id",
    "checklist_id",
    "cycle",
    "equipment_id",
    "location_id",
    "date_planned",
    "date_due",
)


class OutsourcingInspection(models.Model):
    """Who may start and submit an inspection, and what has to be answered by then."""

    _inherit = "outsourcing.inspection"

    _unsigned_states = ("planned", "in_progress", "missed")
    _frozen_fields = {
        "in_progress": _IDENTITY,
        "done": ("*",),
        "missed": ("*",),
    }
    _deletable_states = ("planned",)

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "in_progress": ("planned",),
            "done": ("in_progress",),
            "missed": ("planned", "in_progress"),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "date_started", "date_done", "started_by_id", "submitted_by_id", "is_paper",
        }  # fmt: skip

    def action_start(self):
        """Open the record: copy the items of the checklist that fall due with its cycle."""
        self._transition_to("in_progress")

    def action_submit(self):
        """Hand in the record; from now on it changes no more."""
        self._transition_to("done")

    def action_record_paper(self):
        """Open the dialogue that records a signed sheet on behalf of the party that performed."""
        return self._get_upload_action("paper", self.env._("Record a signed sheet"))

    def action_add_evidence(self):
        """Open the dialogue that adds photos of the whole visit."""
        title = self.env._("Add photos")
        return self._get_upload_action("evidence", title, phase="during", performer_id=self.performer_id.id)

    def _get_upload_firm(self):
        return self.party_partner_id

    def _get_upload_performer(self):
        return self.performer_id

    def _receive_upload(self, upload, files):
        if upload.mode == "paper":
            return self._record_paper(files, upload.performer_id)
        return super()._receive_upload(upload, files)

    def _record_paper(self, files, performer):
        """Open the record on behalf of its party: the scan of the sheet they signed is attached."""
        self.ensure_one()
        self._require_staff()
        if self.party == "property":
            raise UserError(self.env._("Our own inspections are filled in here, not recorded from paper."))
        if not performer or performer.sudo().is_company:  # the firm itself signs nothing
            raise UserError(self.env._("Name the person who signed the sheet."))
        self._check_performers(performer, self.party_partner_id)
        if self.state == "planned":
            self._gated().write({"is_paper": True})
            self._transition_to("in_progress")
        elif not self.is_paper:
            raise UserError(self.env._("%s is being filled in by the party itself.", self.display_name))
        self._gated().write({"performer_id": performer.id})
        self._add_photos(files, "other", performer, caption=self.env._("Signed sheet"), is_paper=True)

    def _check_may_add_evidence(self):
        super()._check_may_add_evidence()
        for inspection in self:
            inspection._check_party()

    def action_pass_open_items(self):
        """Mark what is judged by eye and was not answered as passed; tests and values are left open."""
        for inspection in self:
            inspection._check_may_edit()
        self.line_ids._pass_open()

    # ---- gate -------------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "missed":
            if not self._is_system_actor():
                raise AccessError(self.env._("Only the schedule marks an inspection as missed."))
            return
        for inspection in self:
            inspection._check_party()

    def _check_party(self):
        """Raise AccessError unless the acting person is of the party that performs, or records its paper."""
        self.ensure_one()
        sudo = self.sudo()  # party and paper mark only
        if self._is_staff():
            if sudo.party == "property" or sudo.is_paper:
                return
            raise AccessError(
                self.env._(
                    "This record is filled in by %s. Record their signed sheet as paper.",
                    sudo.party_partner_id.name,
                )
                if sudo.party_partner_id
                else self.env._("Name the third-party body that performs this inspection first.")
            )
        if sudo.party == "property":
            raise AccessError(self.env._("Only staff of the property company fills in this record."))
        self._check_firm(sudo.party_partner_id)

    def _check_may_edit(self):
        """Raise unless the acting person may answer items now."""
        self.ensure_one()
        self.check_access("read")
        inspection_sudo = self.sudo()  # its state, when and by whom; read access was checked above
        if inspection_sudo.state == "done":
            self._raise_already_submitted(inspection_sudo.date_done, inspection_sudo.submitted_by_id)
        if inspection_sudo.state != "in_progress":
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s: items cannot be answered.",
                    record=self.display_name,
                    state=self._get_state_label(),
                )
            )
        self._check_party()

    def _check_source_state(self, target):
        for inspection in self:
            if target == "done" and inspection.state == "done":
                inspection._raise_already_submitted(inspection.date_done, inspection.submitted_by_id)
        super()._check_source_state(target)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "in_progress":
            self._check_may_start()

    def _check_may_start(self):
        today = trade_today(self)
        for inspection in self:
            if inspection.contract_id.state != "active":
                raise UserError(
                    self.env._("The contract %s is not active.", inspection.contract_id.display_name)
                )
            if not inspection._get_checklist_items():
                raise UserError(
                    self.env._("The checklist %s has no items.", inspection.checklist_id.display_name)
                )
            if today < inspection._get_earliest_start():
                raise UserError(
                    self.env._(
                        "%(record)s can be started from %(date)s.",
                        record=inspection.display_name,
                        date=inspection._get_earliest_start(),
                    )
                )

    def _get_awaited_steps(self):
        if self.state != "in_progress":
            return []
        return [("done", self.env._("Before it is submitted"))]

    def action_ask_submit(self):
        """Ask before the record is handed in for good, once every item is answered."""
        question = self.env._("The record cannot be changed afterwards. Submit it?")
        return self._ask("done", "action_submit", question)

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target != "done":
            return points
        open_message = self._get_unanswered_message()
        if open_message:
            points.append(MissingPoint(open_message, record=self, field="line_ids"))
        if self.is_paper and not self.evidence_count:
            sentence = self.env._("%s: attach the scan of the signed sheet.", self.display_name)
            points.append(MissingPoint(sentence, record=self, field="evidence_ids"))
        # not filtered: its result would be read without the lines of the other inspections
        problems = [line._get_missing(line.result) for line in self.line_ids if line.result]
        return points + [MissingPoint(text, record=self, field="line_ids") for text in problems if text]

    def _get_unanswered_message(self):
        """Return which items nobody has answered, or False."""
        open_lines = self.line_ids.filtered(lambda line: not line.result)
        if not self.line_ids or len(open_lines) == len(self.line_ids):
            return self.env._(
                "%(record)s is empty: none of its %(count)s items is answered.",
                record=self.display_name,
                count=len(self.line_ids),
            )
        if not open_lines:
            return False
        return self.env._(
            "%(record)s: %(count)s items are not answered yet (%(codes)s).",
            record=self.display_name,
            count=len(open_lines),
            codes=open_lines._format_codes(),
        )

    def _split_for_transition(self, target):
        return self.grouped("is_paper").values()

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "in_progress":
            vals.update(date_started=act_time(self), started_by_id=self.env.uid)
            if self._is_staff() and not self[:1].is_paper:
                vals["performer_id"] = self.env.user.partner_id.id
        elif target == "done":
            vals.update(date_done=act_time(self, *self.mapped("date_started")), submitted_by_id=self.env.uid)
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "in_progress":
            self._create_lines()
        elif target == "done":
            # sealing runs once for the record and all its items
            self._seal_evidence()
            self.line_ids._seal_evidence()
            self._create_defects()
            self._record_inspection_facts()
        elif target == "missed":
            self._record_missed_facts()
