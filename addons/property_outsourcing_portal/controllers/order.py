from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.dispatch.outsourcing_order_duty import DONE_TEXTS
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_time, trade_today

from .mixin import OutsourcingPortalMixin
from .page import BADGES

STEPS = ("responded", "arrived", "completed")
SLA_BADGES = {"breached": "red", "at_risk": "yellow", "on_time": "green", "paused": "blue"}
DEADLINES = {
    "responded": "outsourcing_sla_response_deadline",
    "arrived": "outsourcing_sla_arrival_deadline",
    "completed": "outsourcing_sla_completion_deadline",
}


class OutsourcingOrderPages(OutsourcingPortalMixin, Controller):
    _model = "project.task"
    _section = "orders"
    _detail_template = "property_outsourcing_portal.portal_order"

    def _get_title(self):
        return request.env._("Work orders")

    def _get_domain(self):
        return [("outsourcing_contractor_id", "=", self._get_firm().id)]

    def _get_firm(self):
        return request.env.user.partner_id.commercial_partner_id

    def _get_filters(self):
        return {
            "open": (request.env._("To do"), request.env.user._get_open_order_domain()),
            "planned": (
                request.env._("Planned"),
                Domain([("outsourcing_kind", "=", "planned"), ("is_closed", "=", False)]),
            ),
            "reported": (
                request.env._("Reported done"),
                Domain([("outsourcing_date_completed", "!=", False)]),
            ),
            "cut": (request.env._("Quantities cut"), Domain(self._get_cut_domain())),
            "mine": (request.env._("Mine"), self._get_mine_domain()),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _get_mine_domain(self):
        performer = request.env.user._get_outsourcing_performer()
        return Domain([("outsourcing_performer_id", "=", performer.id or 0), ("is_closed", "=", False)])

    def _get_cut_domain(self):
        user = request.env.user
        return user._get_cut_order_domain(self._get_firm(), trade_today(user))

    def _get_order(self):
        return "outsourcing_sla_rank, outsourcing_next_deadline, id desc"

    def _get_record(self, record_id, model=None):
        record = super()._get_record(record_id, model)
        if not record.sudo().outsourcing_contract_id:  # other tasks have core's own pages
            raise request.not_found()
        return record

    def _prepare_row(self, record):
        text, css = self._format_clock(record)
        place = record.outsourcing_equipment_id.name or record.outsourcing_location_id.name
        return {
            "url": self._get_url(record),
            "title": record.name,
            "subtitle": " · ".join(
                filter(
                    None,
                    (record.outsourcing_community_id.name, place, record.outsourcing_performer_id.name),
                )
            ),
            "badge": self._get_step_label(record),
            "badge_class": self._get_sla_badge(record),
            "due": text,
            "due_class": css,
        }

    def _get_sla_badge(self, record):
        state = not record.outsourcing_date_completed and record.outsourcing_sla_state
        deadline = record.outsourcing_next_deadline
        if state in ("on_time", "at_risk") and deadline and deadline < fields.Datetime.now():
            state = "breached"  # the schedule says so within the hour
        return BADGES[SLA_BADGES.get(state, "grey")]

    def _format_clock(self, record):
        """Return (text, class) that say how long the firm still has, in minutes, hours or days."""
        deadline = record.outsourcing_next_deadline
        if record.outsourcing_date_paused:
            return (request.env._("on hold, the clock stands still"), "text-muted")
        if not deadline:
            return ("", "")
        hours = (deadline - fields.Datetime.now()).total_seconds() / 3600
        if hours < 0:
            return (request.env._("%s late", self._format_span(-hours)), "text-danger fw-bold")
        css = "text-danger fw-bold" if record.outsourcing_sla_state == "at_risk" else "text-muted"
        return (request.env._("%s left", self._format_span(hours)), css)

    def _format_span(self, hours):
        if hours >= 48:
            return request.env._("%s day(s)", int(hours // 24))
        return self._format_hours(hours)

    def _get_step_label(self, record):
        if record.is_closed:
            return request.env._("Closed")
        labels = {
            "completed": request.env._("Reported done"),
            "arrived": request.env._("On site"),
            "responded": request.env._("Answered"),
        }
        for step, label in labels.items():
            if record[f"outsourcing_date_{step}"]:
                return label
        return request.env._("New order")

    def _prepare_detail_values(self, record, **kwargs):
        task = record.sudo()  # read access was checked by _get_record
        mine = task.outsourcing_contractor_id == request.env.user.partner_id.commercial_partner_id
        done = [step for step in STEPS if task[f"outsourcing_date_{step}"]]
        reasons = request.env["outsourcing.hold.reason"].sudo()  # master data, for whoever may read the order
        next_step = next((step for step in STEPS if step not in done), None)
        if not mine or task.is_closed or (next_step == "completed" and task.outsourcing_measure_state):
            next_step = None  # quantities are reported together with the completion
        return {
            **self._prepare_correction_values(task, mine),
            **self._prepare_contact_values(task, mine),
            "page_title": task.name,
            "next_step": next_step,
            "demands": task._get_done_demands(),
            "has_result_photo": task._has_result_photo(),
            "people": request.env.user._get_outsourcing_people(),
            "may_hand_over": mine and not task.is_closed and request.env.user._is_outsourcing_firm_admin(),
            "step_label": self._get_step_label(task),
            "step_class": self._get_sla_badge(task),
            "clock": self._format_clock(task),
            "limits": [(step, task[name]) for step, name in DEADLINES.items() if task[name]],
            "holds": task.outsourcing_hold_ids,
            "may_hold": mine and self._may_ask_for_hold(task),
            "hold_reasons": reasons.search(reasons._get_choice_domain()),
        }

    def _prepare_correction_values(self, task, mine):
        """Return what the page offers to take back or put right (``task`` in sudo)."""
        reports = mine and task.outsourcing_reports
        if not reports or task._get_take_back_problem():
            return {"may_take_back": False, **self._prepare_arrival_values(task, mine)}
        received = fields.Datetime.to_datetime(reports[-1]["received"])
        minutes = task.outsourcing_contract_id.company_id.outsourcing_take_back_minutes
        return {
            "may_take_back": True,
            "last_report": task._get_report_message(reports[-1]["step"]),
            "last_report_id": reports[-1]["message"],
            "take_back_until": received + timedelta(minutes=minutes),
            **self._prepare_arrival_values(task, mine),
        }

    def _prepare_contact_values(self, task, mine):
        """Return whom to call about the order (``task`` in sudo) and where its community lies."""
        community, staff = task.outsourcing_community_id, task.create_uid
        dispatcher = staff if not staff.share and staff.active else task.outsourcing_contract_id.manager_id
        people = [(request.env._("Dispatched by"), dispatcher)]
        if not mine:
            people.insert(0, (request.env._("On site"), task.outsourcing_contact_id))
        return {
            "community": community,
            "contacts": community._get_site_contacts(*people),
            "map_url": community._get_map_url(),
        }

    def _prepare_arrival_values(self, task, mine):
        if not mine or not task._may_correct_arrival():
            return {"may_correct_arrival": False}
        earliest, latest = task._get_arrival_range()
        local = {name: f"{trade_time(task, moment):%Y-%m-%dT%H:%M}" for name, moment in (
            ("arrival_earliest", earliest), ("arrival_latest", latest),
            ("arrival_now", task.outsourcing_date_arrived),
        )}  # fmt: skip
        return {"may_correct_arrival": earliest < latest, **local}

    def _may_ask_for_hold(self, task):
        waiting = {"requested", "granted"} & set(task.outsourcing_hold_ids.mapped("state"))
        return not (task.is_closed or task.outsourcing_date_completed or waiting)

    @route(
        ["/my/outsourcing/orders", "/my/outsourcing/orders/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_orders(self, page=1, tab=None, **kwargs):
        """List the work orders of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/orders/<int:order_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_order(self, order_id, **kwargs):
        """Show a work order and the step to report next."""
        return self._show_detail(self._get_record(order_id))

    @route(
        "/my/outsourcing/orders/<int:order_id>/report",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_report(self, order_id, step="", performer_id="", **kwargs):
        """Report that the order was answered, the people arrived, or the work is done."""
        record = self._get_record(order_id)
        details = self._read_details(kwargs)

        def report():
            if step not in STEPS:
                raise UserError(request.env._("Choose what to report."))
            if step == "completed":
                record._portal_report_done(details, self._get_person(performer_id))
            else:
                record._portal_report(step, self._get_person(performer_id))

        form = {"performer_id": self._to_int(performer_id), **details}
        return self._change(record, report, request.env._("Reported. Thank you."), form)

    @route(
        "/my/outsourcing/orders/<int:order_id>/hand_over",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_hand_over(self, order_id, person_id="", **kwargs):
        """Give the order to a colleague, as who looks after the people."""
        record, user = self._get_record(order_id), request.env.user
        if not user._is_outsourcing_firm_admin():
            raise request.not_found()
        people = user._get_outsourcing_people()
        person = people.filtered(lambda person: person.id == self._to_int(person_id))

        def hand_over():
            if not person:
                raise UserError(request.env._("Choose a person of your own firm."))
            user._hand_over_outsourcing_order(record, person)

        return self._change(record, hand_over, request.env._("Handed over."))

    @route(
        "/my/outsourcing/orders/<int:order_id>/take_back",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_take_back(self, order_id, report="", **kwargs):
        """Take back the report that was just made, the one the page has shown."""
        record, message_id = self._get_record(order_id), self._to_int(report)
        return self._change(
            record, lambda: record._portal_take_back(message_id), request.env._("Taken back.")
        )

    @route(
        "/my/outsourcing/orders/<int:order_id>/arrival",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_arrival(self, order_id, arrived="", reason="", **kwargs):
        """Put right when the people arrived."""
        record = self._get_record(order_id)
        form = {"arrived": self._to_text(arrived, 16), "arrival_reason": self._to_text(reason, 200)}

        def correct():
            record._portal_correct_arrival(self._to_local_datetime(arrived), form["arrival_reason"])

        message = request.env._("Put right. Both times stay on the order.")
        return self._change(record, correct, message, form)

    def _read_details(self, values):
        """Return what a report of completion tells: dict field of the order -> text."""
        return {name: self._to_text(values.get(name), 1000) for name in DONE_TEXTS}

    @route(
        "/my/outsourcing/orders/<int:order_id>/hold",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_hold(self, order_id, reason_id="", note="", **kwargs):
        """Ask for a hold; the property company grants or refuses it."""
        record = self._get_record(order_id)
        form = {"reason_id": self._to_int(reason_id), "note": self._to_text(note, 500)}

        def ask():
            reason = request.env["outsourcing.hold.reason"].browse(form["reason_id"] or ()).exists()
            record._portal_request_hold(reason, form["note"])

        message = request.env._("Asked for. The clock counts as stopped from now once this is granted.")
        return self._change(record, ask, message, form)
