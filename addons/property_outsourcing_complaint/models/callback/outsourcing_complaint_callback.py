from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .outsourcing_complaint_draw import EVENT_CALLBACK

DAYS = 7


class OutsourcingComplaintCallback(models.Model):
    """A resident is called by somebody else than who dealt with it: was it really right?"""

    _name = "outsourcing.complaint.callback"
    _description = "Call-back"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "id desc"
    _rec_name = "complaint_id"

    draw_id = fields.Many2one(
        "outsourcing.complaint.draw", required=True, index=True, readonly=True, ondelete="restrict"
    )
    month = fields.Date(related="draw_id.month", store=True)
    complaint_id = fields.Many2one(
        "outsourcing.complaint", required=True, index=True, readonly=True, ondelete="restrict"
    )
    community_id = fields.Many2one(related="complaint_id.community_id", store=True, index=True)
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    contractor_id = fields.Many2one(
        related="complaint_id.contractor_id", store=True, index="btree_not_null", string="Contractor"
    )
    result = fields.Selection(
        [
            ("satisfied", "Satisfied"),
            ("unsatisfied", "Not satisfied"),
            ("unreached", "Not reached"),
        ],
        "Result of the Call",
        readonly=True,
        index=True,
    )
    comment = fields.Text("What the Resident Says", readonly=True)
    date_called = fields.Datetime("Called on", readonly=True)
    called_by_id = fields.Many2one("res.users", "Called by", readonly=True)
    satisfaction = fields.Float(
        "Satisfied (%)",
        compute="_compute_satisfaction",
        store=True,
        aggregator="avg",
        help="Of those who were reached.",
    )

    may_call = fields.Boolean(compute="_compute_may_call", export_string_translation=False)

    _complaint_uniq = models.Constraint(
        "UNIQUE (draw_id, complaint_id)", "This complaint was drawn for this month already."
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "draw_id", "complaint_id", "result", "comment", "date_called", "called_by_id"
        }  # fmt: skip

    @api.depends("result")
    def _compute_satisfaction(self):
        for callback in self:
            callback.satisfaction = 100.0 if callback.result == "satisfied" else 0.0

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != "satisfaction:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "AVG(%(value)s) FILTER (WHERE %(result)s IN ('satisfied', 'unsatisfied'))",
            value=self._field_to_sql(self._table, "satisfaction", query),
            result=self._field_to_sql(self._table, "result", query),
        )

    @api.depends("result", "complaint_id.user_id", "complaint_id.own_user_id")
    @api.depends_context("uid")
    def _compute_may_call(self):
        for callback in self:
            callback.may_call = callback._is_waiting() and not callback._has_dealt_with_it()

    def _is_waiting(self):
        return self.result in (False, "unreached")

    def _has_dealt_with_it(self):
        return self.env.user in self.complaint_id.user_id | self.complaint_id.own_user_id

    def _ask_to_call(self):
        """Ask somebody who has not dealt with them to call the residents of ``self``."""
        deadline = fields.Date.add(trade_today(self), days=DAYS)
        asked = {}
        for row in self:
            complaint = row.complaint_id
            summary = self.env._("Call back: %s", complaint.display_name)
            asked[complaint] = {"summary": summary, "date_deadline": deadline}
        for complaint, users in self.complaint_id._map_callers().items():
            asked[complaint]["users"] = users
        self.complaint_id._schedule_events(EVENT_CALLBACK, asked)

    def action_record_result(self):
        """Open the dialogue for what the resident said."""
        self.ensure_one()
        self._check_caller()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What the Resident Said"),
            "res_model": "outsourcing.complaint.callback.result",
            "view_mode": "form",
            "target": "new",
            "context": {"default_callback_id": self.id},
        }

    def _check_caller(self):
        """Raise UserError unless the acting person may call back, and has not yet."""
        self.ensure_one()
        self.complaint_id._check_actor("called_back")
        if self._has_dealt_with_it():
            raise UserError(self.env._("Somebody else than who dealt with it calls back."))
        if not self._is_waiting():
            raise UserError(self.env._("What the resident said is recorded already."))

    def _record_result(self, result, comment):
        """Record what the resident said; who is not satisfied gets the complaint returned.

        :param str result: ``satisfied``, ``unsatisfied`` or ``unreached``
        """
        self._check_caller()
        self.lock_for_update()
        if result == "unsatisfied" and not (comment or "").strip():
            raise UserError(self.env._("Write what the resident is not satisfied with."))
        self._gated().write(
            {
                "result": result,
                "comment": comment,
                "date_called": fields.Datetime.now(),
                "called_by_id": self.env.uid,
            }
        )
        if result != "unreached":
            self.complaint_id._close_events(EVENT_CALLBACK)
        if result == "unsatisfied":
            self.complaint_id._return(comment.strip())
