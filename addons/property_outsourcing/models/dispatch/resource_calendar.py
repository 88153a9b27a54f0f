from odoo import api, models
from odoo.fields import Domain

from .project_task_course import HOURS
from .project_task_sla import DEADLINES

WORKING_TIME = {"tz", "two_weeks_calendar", "attendance_ids", "schedule_type", "flexible_hours", "active"}


class ResourceCalendar(models.Model):
    """What is entered later about working time moves the deadlines that rest on it."""

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "outsourcing.in.use.mixin"]

    def write(self, vals):
        result = super().write(vals)
        if WORKING_TIME & set(vals):
            self._move_deadlines()
        return result

    def _move_deadlines(self, date_from=None, date_to=None):
        """Bring what rests on the calendars ``self`` up to date: deadlines, and what followed from them.

        :param date_from, date_to: the time that has become free or working; without it the whole calendar
        """
        calendars = self.sudo()  # clocks follow, whoever keeps the calendar
        terms = calendars.env["outsourcing.contract.sla"].search([("calendar_id", "in", self.ids)])
        if terms:
            orders = terms.env["project.task"]._search_by_clock(terms.contract_id, date_from, date_to)
            orders._follow_working_time()


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        self._move_deadlines(leaves._get_free_spans())
        return leaves

    def write(self, vals):
        before = self._get_free_spans()
        result = super().write(vals)
        self._move_deadlines(before + self._get_free_spans())
        return result

    def unlink(self):
        before = self._get_free_spans()
        result = super().unlink()
        self._move_deadlines(before)
        return result

    def _get_free_spans(self):
        """Return the times that are free for everybody: list of (calendars, from, until)."""
        calendars = self.env["resource.calendar"].sudo()  # which there are, no more
        # sudo: whose orders move, no more
        return [
            (
                leave.calendar_id.sudo()
                or calendars.search([("company_id", "in", [leave.company_id.id, False])]),
                leave.date_from,
                leave.date_to,
            )
            for leave in self
            if not leave.resource_id
        ]

    @api.model
    def _move_deadlines(self, spans):
        for calendars, date_from, date_to in spans:
            calendars._move_deadlines(date_from, date_to)


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances.calendar_id._move_deadlines()
        return attendances

    def write(self, vals):
        before = self.calendar_id
        result = super().write(vals)
        (before | self.calendar_id)._move_deadlines()
        return result

    def unlink(self):
        before = self.calendar_id
        result = super().unlink()
        before._move_deadlines()
        return result


class ProjectTask(models.Model):
    _inherit = "project.task"

    @api.model
    def _search_by_clock(self, contracts, date_from, date_to):
        """Return the orders whose limits, or what followed from them, may still change with working time.

        Open ones, and closed ones of a period that is not accepted yet whose hours or lateness may be others
        now. When the whole calendar changes, the hours of what was in time stay as they were.
        """
        domain = Domain("outsourcing_contract_id", "in", contracts.ids)
        if date_from:
            domain &= Domain.OR(Domain(name, ">=", date_from) for name in DEADLINES.values())
            domain &= Domain("outsourcing_date_clock", "<=", date_to)
        still_open = self.search(domain & Domain("is_closed", "=", False))
        closed = Domain("is_closed", "=", True)
        if not date_from:
            closed &= Domain("outsourcing_missed_limits", "!=", False)
        facts = self.env["outsourcing.fact"].search(
            [
                ("fact_type", "in", ("order_late", "order_breached", *HOURS.values())),
                ("res_model", "=", self._name),
                ("res_id", "in", self.search(domain & closed).ids),
                ("milestone_id.date_accepted", "=", False),
            ]
        )
        return still_open | self.browse(set(facts.mapped("res_id")))

    def _follow_working_time(self):
        """Compute the deadlines of the orders ``self`` (in sudo) anew, and what follows from them."""
        names = ("outsourcing_date_clock", *DEADLINES.values())
        before = {order: [order[name] for name in names] for order in self}
        for name in names:
            self.env.add_to_compute(self._fields[name], self)
        moved = self.filtered(lambda order: [order[name] for name in names] != before[order])
        if not moved:
            return
        said = self.env._("The working time was changed; the deadlines of the order have moved.")
        moved._message_log_batch(dict.fromkeys(moved.ids, said))
        moved._process_written({"date_deadline"})
