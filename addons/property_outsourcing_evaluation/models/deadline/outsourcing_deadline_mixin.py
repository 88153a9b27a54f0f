from odoo import models

from odoo.addons.property_outsourcing.models.workflow.trade_time import add_working_days, trade_day

# what a stored deadline follows besides its own start
CALENDAR = (
    "company_id.resource_calendar_id.leave_ids.date_from",
    "company_id.resource_calendar_id.leave_ids.date_to",
    "company_id.resource_calendar_id.attendance_ids.dayofweek",
)


class OutsourcingDeadlineMixin(models.AbstractModel):
    """Documents with deadlines in working days of their company; a holiday entered later moves them."""

    _name = "outsourcing.deadline.mixin"
    _description = "Deadlines in Working Days"

    _deadline_terms = None  # the many2one to the record that says how many days there are
    _deadline_kept_states = ()  # what has ended keeps its deadline, whatever holiday is entered later

    def _set_deadlines(self, name, start_name, days_name):
        """Set the deadline ``name`` of ``self``: working days of the company after the day of the start."""
        found = {}
        for record in self.filtered(lambda r: r.state not in self._deadline_kept_states or not r[name]):
            start, days = record[start_name], record[self._deadline_terms][days_name]
            day = start and trade_day(record, start)
            key = (record.company_id, day, days)
            if key not in found:
                found[key] = day and add_working_days(record, day, days)
            record[name] = found[key]
