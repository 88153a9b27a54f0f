from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.property_outsourcing.tools import SERVED_STATES

from ..complaint.complaint_repeat import COUNTED_KINDS
from .outsourcing_complaint_figure import RATIOS

COUNTS = (
    "reports", "complaints", "answered", "answer_hours", "finished", "finish_hours", "late", "handled",
    "returned", "confirmed", "rated", "stars",
)  # fmt: skip


class OutsourcingComplaintFigure(models.Model):
    """The rows of the figures: what was reported, and the households behind it."""

    _inherit = "outsourcing.complaint.figure"

    @property
    def _table_query(self):
        rates = SQL(", ").join(self._sql_rate(name) for name in RATIOS)
        return SQL(
            """
            WITH zone AS (%(zones)s), counted AS (%(counted)s), span AS (%(span)s)
            SELECT ROW_NUMBER() OVER (ORDER BY found.month, found.community_id, found.category_id,
                                               found.contractor_id, found.reports) AS id,
                   found.*, %(rates)s
              FROM (
                SELECT counted.*, COALESCE(community.household_count, 0) AS households
                  FROM counted
                  JOIN outsourcing_community community ON community.id = counted.community_id
                 UNION ALL
                %(places)s
                 UNION ALL
                %(served)s
              ) found
            """,
            zones=self._sql_zones(),
            counted=self._sql_counted(),
            span=self._sql_span(),
            places=self._sql_places(),
            served=self._sql_served(),
            rates=rates,
        )

    def _sql_zones(self):
        """Return the time zone of each company, in which its months begin."""
        return SQL(
            """
            SELECT company.id AS company_id, COALESCE(partner.tz, calendar.tz, 'UTC') AS tz
              FROM res_company company
              JOIN res_partner partner ON partner.id = company.partner_id
              LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
            """
        )

    def _sql_counted(self):
        """Return what was reported, by community, month, category and firm."""
        names = (
            "community_id", "company_id", "category_id", "contractor_id", "date_received", "kind", "state",
            "date_answered", "hours_to_answer", "date_done", "hours_to_finish", "is_late", "return_count",
            "confirmed_by", "stars",
        )  # fmt: skip
        self.env["outsourcing.complaint"].flush_model(names)
        return SQL(
            """
            SELECT complaint.company_id, complaint.community_id,
                   DATE_TRUNC('month', complaint.date_received AT TIME ZONE 'UTC' AT TIME ZONE zone.tz)::date
                       AS month,
                   complaint.category_id, complaint.contractor_id,
                   COUNT(*) AS reports,
                   COUNT(*) FILTER (WHERE complaint.kind = 'complaint') AS complaints,
                   COUNT(complaint.date_answered) AS answered,
                   SUM(complaint.hours_to_answer) FILTER (WHERE complaint.date_answered IS NOT NULL)
                       AS answer_hours,
                   COUNT(complaint.date_done) AS finished,
                   SUM(complaint.hours_to_finish) FILTER (WHERE complaint.date_done IS NOT NULL)
                       AS finish_hours,
                   COUNT(*) FILTER (WHERE complaint.is_late) AS late,
                   COUNT(*) FILTER (WHERE complaint.date_done IS NOT NULL OR complaint.return_count > 0)
                       AS handled,
                   COUNT(*) FILTER (WHERE complaint.return_count > 0) AS returned,
                   COUNT(*) FILTER (WHERE complaint.confirmed_by IN ('resident', 'desk')) AS confirmed,
                   COUNT(*) FILTER (WHERE complaint.stars > 0) AS rated,
                   SUM(complaint.stars) AS stars
              FROM outsourcing_complaint complaint
              JOIN zone ON zone.company_id = complaint.company_id
             WHERE complaint.kind IN %(kinds)s AND complaint.state NOT IN ('merged', 'rejected')
             GROUP BY 1, 2, 3, 4, 5
            """,
            kinds=COUNTED_KINDS,
        )

    def _sql_span(self):
        """Return the months of each company, from the first report to the one that runs."""
        return SQL(
            """
            SELECT first.company_id, each.month::date AS month
              FROM (SELECT company_id, MIN(month) AS month FROM counted GROUP BY company_id) first
              JOIN zone ON zone.company_id = first.company_id
              CROSS JOIN LATERAL GENERATE_SERIES(
                first.month::timestamp, %(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE zone.tz,
                INTERVAL '1 month') each(month)
            """,
            now=fields.Datetime.now(),
        )

    def _sql_places(self):
        """Return a row without reports for each community, month and category."""
        return SQL(
            """
            SELECT community.company_id, community.id, span.month, category.id, NULL::integer, %(nothing)s,
                   COALESCE(community.household_count, 0)
              FROM outsourcing_community community
              JOIN span ON span.company_id = community.company_id
             CROSS JOIN (
                SELECT id FROM outsourcing_complaint_category WHERE active UNION ALL SELECT NULL
              ) category
             WHERE community.active
            """,
            nothing=self._sql_nothing(),
        )

    def _sql_served(self):
        """Return a row without reports for each firm, month and community it served, and its categories."""
        field = self.env["outsourcing.contract"]._fields["community_ids"]
        return SQL(
            """
            SELECT DISTINCT community.company_id, community.id, span.month, category.id,
                   contract.contractor_id, %(nothing)s, COALESCE(community.household_count, 0)
              FROM outsourcing_contract contract
              JOIN %(link)s link ON link.%(contract)s = contract.id
              JOIN outsourcing_community community ON community.id = link.%(community)s
              JOIN span ON span.company_id = community.company_id
                   AND span.month BETWEEN DATE_TRUNC('month', contract.date_start) AND contract.date_end
              LEFT JOIN outsourcing_complaint_category category
                   ON category.service_type_id = contract.service_type_id AND category.active
             WHERE contract.state IN %(states)s
            """,
            nothing=self._sql_nothing(),
            link=SQL.identifier(field.relation),
            contract=SQL.identifier(field.column1),
            community=SQL.identifier(field.column2),
            states=SERVED_STATES,
        )

    def _sql_nothing(self):
        return SQL(", ").join([SQL("0")] * len(COUNTS))

    def _sql_rate(self, name):
        """Return the rate of a single row."""
        part, whole, factor = RATIOS[name]
        return SQL(
            "(%s * found.%s / NULLIF(found.%s, 0))::float8 AS %s",
            factor,
            SQL.identifier(part),
            SQL.identifier(whole),
            SQL.identifier(name),
        )
