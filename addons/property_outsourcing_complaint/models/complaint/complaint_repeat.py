from odoo import api, fields, models
from odoo.tools import SQL

from .outsourcing_complaint import ENDS

EVENT_REPEATED = "property_outsourcing_complaint.activity_type_complaint_repeated"
COUNTED_KINDS = ("repair", "complaint")


class OutsourcingComplaint(models.Model):
    """The same problem at the same place again, though it had been done."""

    _inherit = "outsourcing.complaint"

    repeat_number = fields.Integer(
        "Time of its Kind",
        compute="_compute_repeat_number",
        store=True,
        aggregator=None,
        help="1: it was not there within the days before, as the settings name them.",
    )
    is_repeated = fields.Boolean(
        "Repeated",
        compute="_compute_repeat_number",
        store=True,
        help="The same problem at the same place, so often that somebody has to find the cause.",
    )

    _equipment_problem_idx = models.Index(
        "(equipment_id, problem_id, date_done) WHERE equipment_id IS NOT NULL"
    )
    _location_problem_idx = models.Index(
        "(location_id, problem_id, date_done) WHERE equipment_id IS NULL AND location_id IS NOT NULL"
    )

    @api.depends("kind", "problem_id", "equipment_id", "location_id", "date_received", "company_id")
    def _compute_repeat_number(self):
        counted = self.filtered(
            lambda row: row.kind in COUNTED_KINDS and row.problem_id and (row.equipment_id or row.location_id)
        )
        earlier = counted._count_earlier()
        for complaint in self:
            limit = complaint.company_id._get_outsourcing_setting("outsourcing_complaint_repeat_count")
            complaint.repeat_number = 1 + earlier.get(complaint._origin.id, 0)
            complaint.is_repeated = bool(limit) and complaint.repeat_number >= limit

    def _count_earlier(self):
        """Return how often the problem was done at the place within the days before: dict id -> number.

        Reports that came in before it was done are of the same matter; only what came back is counted.
        """
        ids = self._origin.ids
        if not ids:
            return {}
        names = (
            "kind",
            "problem_id",
            "equipment_id",
            "location_id",
            "date_received",
            "date_done",
            "company_id",
        )
        self.env["outsourcing.complaint"].flush_model(names)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT fresh.id, COUNT(old.id)
                  FROM outsourcing_complaint fresh
                  JOIN res_company company ON company.id = fresh.company_id
                  JOIN outsourcing_complaint old
                    ON old.problem_id = fresh.problem_id
                   AND old.company_id = fresh.company_id
                   AND old.kind IN %(kinds)s
                   AND old.date_done <= fresh.date_received
                   AND old.date_done >= fresh.date_received
                       - company.outsourcing_complaint_repeat_days * INTERVAL '1 day'
                   AND (old.equipment_id = fresh.equipment_id
                        OR (old.equipment_id IS NULL AND fresh.equipment_id IS NULL
                            AND old.location_id = fresh.location_id))
                 WHERE fresh.id IN %(ids)s
                 GROUP BY fresh.id
                """,
                ids=tuple(ids),
                kinds=COUNTED_KINDS,
            )
        )
        return dict(rows)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("measure"):
            self._close_events(EVENT_REPEATED)
        return result

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "accepted":
            self._ask_for_cause()
        elif target in ENDS:
            self._close_events(EVENT_REPEATED)

    def _ask_for_cause(self):
        """Have somebody find out why the same comes again and again."""
        asked = {
            complaint: {
                "summary": self.env._(
                    "%(problem)s for the %(number)s. time: find the cause, enter a measure",
                    problem=complaint.title,
                    number=complaint.repeat_number,
                )
            }
            for complaint in self
            if complaint.is_repeated and not complaint.measure
        }
        self._schedule_events(EVENT_REPEATED, asked)
