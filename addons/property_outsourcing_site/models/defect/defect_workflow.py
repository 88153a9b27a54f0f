from datetime import time

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.act_time import act_time
from odoo.addons.property_outsourcing.models.workflow.core_guard import get_changed_fields
from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day, trade_today, utc_moment

_IDENTITY = (
    "contract_id",
    "community_id",
    "equipment_id",
    "location_id",
    "description",
    "found_by",
    "date_found",
    "clause_id",
)


class OutsourcingDefect(models.Model):
    """Found, ordered to be rectified, rectified with a photo, seen right by somebody else."""

    _inherit = "outsourcing.defect"

    _unsigned_states = ("open",)
    _frozen_fields = {
        "open": ("rectification_note", "performer_id"),
        "assigned": (*_IDENTITY, "rectification_note", "performer_id"),
        "rectified": (
            *_IDENTITY,
            "severity",
            "date_deadline",
            "rectification_note",
            "performer_id",
            "measure",
        ),
        "closed": ("*",),
    }
    _deletable_states = ()

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "assigned": ("open", "rectified", "closed"),
            "rectified": ("assigned",),
            "closed": ("open", "rectified"),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "task_id", "date_assigned", "assigned_by_id", "date_rectified", "rectified_by_id",
            "date_closed", "closed_by_id", "reopen_count", "is_paper", "inspection_line_id", "date_overdue",
        }  # fmt: skip

    def action_assign(self):
        """Order the contractor to rectify: a work order is dispatched."""
        self._transition_to("assigned")

    def action_reopen(self):
        """Give a defect back that is not right, or has come back."""
        if any(defect.state not in ("rectified", "closed") for defect in self):
            raise UserError(self.env._("Only a rectified or closed defect can be reopened."))
        self._transition_to("assigned")

    def action_rectify(self):
        """Open the dialogue that records a rectification the contractor reported on paper or by telephone."""
        return self._get_upload_action("rectify", self.env._("Record a rectification"), phase="after")

    def _receive_upload(self, upload, files):
        if upload.mode == "rectify":
            return self._record_rectification(files, upload.note, upload.performer_id)
        return super()._receive_upload(upload, files)

    def _record_rectification(self, files, note, performer):
        """Report the rectification on behalf of the contractor; who does it cannot close the defect."""
        self.ensure_one()
        self._require_staff()
        performer = performer or self.contractor_id
        self._check_performers(performer, self.contractor_id)
        self._add_photos(files, "after", performer, is_paper=True)
        self._gated().write({"rectification_note": note, "performer_id": performer.id, "is_paper": True})
        self._transition_to("rectified")

    def action_close(self):
        """Confirm on site that it is right."""
        self._transition_to("closed")

    # ---- gate -------------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        if target != "rectified":
            self._require_staff()
            if target == "closed" and any(defect.state == "open" for defect in self.sudo()):  # its state only
                self._require_group("property_outsourcing.group_outsourcing_manager")
        elif not self._is_staff():
            for defect in self:
                defect._check_firm(defect.sudo().contractor_id)  # the party only

    def _check_transition(self, target):
        super()._check_transition(target)
        for defect in self:
            if target == "assigned":
                defect._check_may_assign()
            elif target == "rectified":
                defect._check_rectification()
            elif target == "closed" and defect.state == "open" and not (defect.closing_note or "").strip():
                raise UserError(
                    self.env._(
                        "%s was not rectified: write in the closing remark why it is dropped.", defect.name
                    )
                )

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "closed":
            self._require_other_person("rectified_by_id", group="property_outsourcing.group_outsourcing_user")

    def _check_may_assign(self):
        if self.contract_id.state not in ("active", "suspended", "completed"):
            raise UserError(self.env._("The contract %s is not active.", self.contract_id.display_name))
        today = trade_today(self)
        if self.state == "open" and self.date_deadline < today:
            raise UserError(self.env._("%s: set a deadline that has not passed yet.", self.name))

    def _check_rectification(self):
        """Raise UserError unless a photo was taken after the last order to rectify."""
        fresh = self.evidence_ids.filtered(
            lambda evidence: evidence.phase == "after" and evidence.date_received >= self.date_assigned
        )
        if not fresh:
            raise UserError(self.env._("%s: add a photo taken after the work was done.", self.name))

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now = fields.Datetime.now()
        if target == "assigned":
            vals.update(date_assigned=now, assigned_by_id=self.env.uid)
        elif target == "rectified":
            vals.update(
                date_rectified=act_time(self, *self.mapped("date_assigned")), rectified_by_id=self.env.uid
            )
        elif target == "closed":
            vals.update(date_closed=now, closed_by_id=self.env.uid)
        return vals

    def _transition_to(self, target):
        defects = self.sudo()  # what was rectified or closed before tells a reopening; super checks who acts
        reopened = defects.filtered(lambda defect: defect.state in ("rectified", "closed"))
        super()._transition_to(target)
        if target == "assigned":
            reopened._process_reopened()
            (defects - reopened)._process_assigned()

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "rectified":
            self._seal_evidence()
            self._report_orders_done()
            self._record_late_rectification()
        elif target == "closed":
            self._seal_evidence()
            self._close_orders()

    # ---- effects ----------------------------------------------------------------------------------------

    def _process_assigned(self):
        """Dispatch the work orders and record what the property side or a third party found."""
        running = self.filtered(lambda defect: defect.contract_id.state == "active")
        orders = running.contract_id._dispatch_orders(
            [(defect.contract_id, defect._prepare_order_vals()) for defect in running]
        )
        for defect, order in zip(running, orders, strict=True):
            defect._gated().task_id = order
        facts = [
            defect._prepare_fact_vals("defect_found", date=defect.date_found)
            for defect in self
            if defect.found_by != "contractor"
        ]
        facts += self._prepare_repeated_facts()
        self.env["outsourcing.fact"]._record(facts)

    def _process_reopened(self):
        """Count the reopening, renew the deadline, reopen the work order."""
        ended = ("date_overdue", "rectified_by_id", "date_rectified", "closed_by_id", "date_closed")
        for (count, deadline), defects in self.grouped(
            lambda defect: (defect.reopen_count, defect._get_new_deadline())
        ).items():
            anew = {"reopen_count": count + 1, "date_deadline": deadline}
            defects._gated().write({**dict.fromkeys(ended, False), **anew})
        self._reopen_orders()
        self.env["outsourcing.fact"]._record(
            [
                defect._prepare_fact_vals(
                    "defect_reopened",
                    key=f"defect_reopened:{defect._name}:{defect.id}:{defect.reopen_count}",
                )
                for defect in self
            ]
        )

    def _reopen_orders(self):
        """Give the work orders back; the reopening of the defect is the fact that counts."""
        done = self.filtered(lambda d: d.task_id.is_closed or d.task_id.outsourcing_date_completed)
        done.task_id._process_reopening(self.env._("The rectification was not right."))
        done._follow_deadline()

    def write(self, vals):
        if "date_deadline" in vals and not self.env.su:
            self._check_deadline_moved(vals)
        result = super().write(vals)
        if "date_deadline" in vals:
            self.sudo()._follow_deadline()  # the order follows what was allowed to be written
        return result

    def _follow_deadline(self):
        """Let the open work orders of the defects ``self`` (in sudo) end with their deadlines."""
        going = self.filtered(lambda defect: defect.task_id and not defect.task_id.is_closed)
        for deadline, defects in going.grouped(lambda defect: defect._get_order_deadline()).items():
            defects.task_id.date_deadline = deadline

    def _check_deadline_moved(self, vals):
        """Raise AccessError where somebody else than a manager grants more time after the time is over."""
        today = trade_today(self)
        moved = self.filtered(lambda defect: get_changed_fields(defect, vals, set(vals) - {"date_deadline"}))
        if any(defect.state == "assigned" and defect.date_deadline < today for defect in moved):
            moved._require_group("property_outsourcing.group_outsourcing_manager")

    def _get_order_deadline(self):
        """Return the end of the last day on which the rectification is in time."""
        self.ensure_one()
        return utc_moment(self, self.date_deadline, time(23, 59))

    def _prepare_order_vals(self):
        """Return the values of the work order that orders the rectification."""
        self.ensure_one()
        return {
            "name": self.display_name,
            "description": self.measure or self.description,
            "date_deadline": self._get_order_deadline(),
            "outsourcing_kind": "rectification",
            "outsourcing_priority": {"critical": "p0", "major": "p1"}.get(self.severity, "p2"),
            "outsourcing_community_id": self.community_id.id,
            "outsourcing_location_id": self.location_id.id,
            "outsourcing_equipment_id": self.equipment_id.id,
        }

    def _prepare_fact_vals(self, fact_type, **details):
        """Return the values of a fact this defect established."""
        self.ensure_one()
        return {
            "fact_type": fact_type,
            "contract": self.contract_id,
            "source": self,
            "community": self.community_id,
            "date": trade_today(self),
            **details,
        }

    def _record_late_rectification(self):
        facts = []
        for defect in self:
            done = trade_day(defect, defect.date_rectified)
            days = (done - defect.date_deadline).days
            if days > 0:
                key = f"rectification_late:{defect._name}:{defect.id}:{defect.reopen_count}"
                facts.append(
                    defect._prepare_fact_vals(
                        "rectification_late", value=days, date=defect.date_deadline, key=key
                    )
                )
        self.env["outsourcing.fact"]._record(facts)

    def _report_orders_done(self):
        for task in self.task_id.filtered(lambda task: not task.is_closed):
            open_gate(task).write(task._prepare_report_vals("completed"))

    def _close_orders(self):
        self.task_id.filtered(lambda task: not task.is_closed).write({"state": "1_done"})
