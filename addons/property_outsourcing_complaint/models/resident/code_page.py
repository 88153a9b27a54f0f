from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..complaint.complaint_repeat import COUNTED_KINDS
from ..complaint.outsourcing_complaint import TO_DO_STATES
from .outsourcing_complaint_code import CODE

SHOWN = 10
COMMON_PLACES = ("any", "building", "outdoor")  # what is at somebody's home is nobody's business
READ = ("outsourcing.complaint.code", "outsourcing.complaint", "outsourcing.complaint.reporter")


class Place(NamedTuple):
    """What the page has to know of the place behind a code."""

    code: str
    name: str
    community: str
    desk_phone: str | None
    company_id: int
    service_type_id: int | None  # who looks after the equipment
    kind: str | None  # of the location


class Known(NamedTuple):
    """What everybody reads of an open matter."""

    id: int
    state: str
    problem: str
    place: str
    people: int


class OutsourcingComplaintCode(models.Model):
    """Fifty people open the page at once when a lift stands still: one query, and no record is built."""

    _inherit = "outsourcing.complaint.code"

    @api.model
    def _read_page(self, code):
        """Return what the page of ``code`` shows: tuple (:class:`Place`, list of :class:`Known`).

        Known are open matters of the building or the equipment, chosen from the list of problems: without
        persons and without their words. Of several reports of one problem, not merged yet, the first one
        taken up.

        :return: (None, []) unless the code lives and its place is still there
        """
        rows = self._query_page(code) if CODE.fullmatch(code or "") else []
        if not rows:
            return None, []
        width, matters = len(Place._fields), {}
        found = [row[width:] for row in rows if row[width + 1]]
        for key, *known in sorted(found, key=lambda row: (row[2] == "new", row[1])):
            matters.setdefault(key, Known(*known))
        return Place(*rows[0][:width]), list(matters.values())[:SHOWN]

    def _query_page(self, code):
        """Return rows of: the place, what makes it one matter, what is known; one without if nothing is."""
        for name in READ:
            self.env[name].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT code.code, code.place, community.name, community.complaint_phone,
                       community.company_id, equipment.outsourcing_service_type_id, location.kind,
                       known.*
                  FROM outsourcing_complaint_code code
                  JOIN outsourcing_community community ON community.id = code.community_id
             LEFT JOIN maintenance_equipment equipment ON equipment.id = code.equipment_id
             LEFT JOIN outsourcing_location location ON location.id = code.location_id
             LEFT JOIN outsourcing_location near
                    ON near.id = COALESCE(equipment.outsourcing_location_id, location.id)
             LEFT JOIN LATERAL (%(known)s) known ON TRUE
                 WHERE code.code = %(code)s AND code.active AND community.active
                   AND COALESCE(equipment.active, location.active)
                """,
                code=code,
                known=self._get_known_sql(),
            )
        )

    def _get_known_sql(self):
        """Return the query of what is open near a place, with names and how many people reported it."""
        return SQL(
            """
            SELECT (complaint.problem_id, complaint.equipment_id, complaint.location_id)::text,
                   complaint.id, complaint.state,
                   COALESCE(problem.name->>%(lang)s, problem.name->>'en_US'),
                   COALESCE(lift.name->>%(lang)s, lift.name->>'en_US', there.complete_name),
                   (SELECT COUNT(*) FROM outsourcing_complaint_reporter reporter
                     WHERE reporter.complaint_id IN (
                           SELECT complaint.id
                            UNION ALL
                           SELECT other.id FROM outsourcing_complaint other
                            WHERE other.merged_into_id = complaint.id))
              FROM outsourcing_complaint complaint
              JOIN outsourcing_complaint_problem problem ON problem.id = complaint.problem_id
         LEFT JOIN outsourcing_location there ON there.id = complaint.location_id
         LEFT JOIN maintenance_equipment lift ON lift.id = complaint.equipment_id
             WHERE complaint.community_id = code.community_id
               AND complaint.state IN %(states)s
               AND complaint.kind IN %(kinds)s
               AND problem.place IN %(places)s
               AND there.kind IS DISTINCT FROM 'room'
               AND (complaint.equipment_id = code.equipment_id
                    OR there.parent_path LIKE split_part(near.parent_path, '/', 1) || '/%%')
          ORDER BY complaint.id DESC LIMIT %(limit)s
            """,
            lang=self.env.lang or "en_US",
            states=TO_DO_STATES,
            kinds=COUNTED_KINDS,
            places=COMMON_PLACES,
            limit=5 * SHOWN,
        )
