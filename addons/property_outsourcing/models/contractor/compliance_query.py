from odoo import api, models
from odoo.tools import SQL

from ..workflow.trade_time import trade_today
from .outsourcing_compliance import SEVERITY

CONTRACT_STATES = ("draft", "to_approve", "active", "suspended")
MAX_TYPES = 100_000  # ids of document types stay below: an id is composed of theirs and the holder's


class OutsourcingCompliance(models.Model):
    """The rows of the overview: a query over who asks for what, and the best document there is."""

    _inherit = "outsourcing.compliance"

    @property
    def _table_query(self):
        today = trade_today(self.env.company)
        return SQL(
            """
            SELECT asked.*,
                   best.document_id, document.number, document.person_id, document.date_end,
                   document.date_end - %(today)s AS days_left,
                   document.insured_amount, document.grade_id, COALESCE(best.holder_count, 0) AS holder_count,
                   verdict.state, verdict.severity,
                   CASE WHEN verdict.severity >= %(open)s THEN 1 ELSE 0 END AS open_count
              FROM (%(firm)s UNION ALL %(contract)s) asked
              LEFT JOIN outsourcing_document_grade min_grade ON min_grade.id = asked.min_grade_id
              LEFT JOIN LATERAL (%(best)s) best ON TRUE
              LEFT JOIN outsourcing_document document ON document.id = best.document_id
             CROSS JOIN LATERAL (%(verdict)s) verdict
            """,
            today=today,
            open=SEVERITY["unverified"],
            firm=self._sql_firm_rows(),
            contract=self._sql_contract_rows(),
            best=self._sql_best_document(today),
            verdict=self._sql_verdict(),
        )

    @api.model
    def _sql_firm_rows(self):
        """Return the rows of what the service types ask of the firms."""
        return SQL(
            """
            SELECT (partner.id::bigint * %(max_types)s + type.id) * 2 AS id,
                   partner.id AS partner_id, partner.outsourcing_state AS contractor_state,
                   type.id AS document_type_id, type.scope, type.category,
                   NULL::integer AS contract_id, NULL::varchar AS contract_state,
                   NULL::integer AS community_id, partner.company_id, FALSE AS is_repeated,
                   GREATEST(type.min_insured_amount, firm.min_insured_amount) AS min_insured_amount,
                   firm.min_grade_id, firm.min_person_count
              FROM res_partner partner
              JOIN (%(asked)s) firm ON firm.partner_id = partner.id
              JOIN outsourcing_document_type type ON type.id = firm.document_type_id
             WHERE partner.outsourcing_state IS NOT NULL AND partner.active AND type.scope <> 'contract'
            """,
            max_types=MAX_TYPES,
            asked=self._sql_asked_of_firms(),
        )

    @api.model
    def _sql_contract_rows(self):
        """Return the rows of what the contracts ask, at their amounts."""
        return SQL(
            """
            SELECT (contract.id::bigint * %(max_types)s + type.id) * 2 + 1 AS id,
                   partner.id AS partner_id, partner.outsourcing_state AS contractor_state,
                   type.id AS document_type_id, type.scope, type.category,
                   contract.id AS contract_id, contract.state AS contract_state,
                   contract.community_id, contract.company_id,
                   type.scope <> 'contract' AND firm.partner_id IS NOT NULL
                       AND asked.min_insured_amount
                           <= GREATEST(type.min_insured_amount, firm.min_insured_amount)
                       AND asked.min_person_count <= firm.min_person_count
                       AND (asked.min_rank IS NULL OR COALESCE(firm.min_rank <= asked.min_rank, FALSE))
                       AS is_repeated,
                   GREATEST(type.min_insured_amount, asked.min_insured_amount) AS min_insured_amount,
                   asked.min_grade_id, asked.min_person_count
              FROM outsourcing_contract contract
              JOIN res_partner partner ON partner.id = contract.contractor_id
              JOIN (%(asked)s) asked ON asked.contract_id = contract.id
              JOIN outsourcing_document_type type ON type.id = asked.document_type_id
              LEFT JOIN (%(firm)s) firm
                     ON firm.partner_id = partner.id AND firm.document_type_id = type.id
             WHERE contract.state IN %(states)s
            """,
            max_types=MAX_TYPES,
            asked=self._sql_asked_of_contracts(),
            firm=self._sql_asked_of_firms(),
            states=CONTRACT_STATES,
        )

    @api.model
    def _sql_asked_of_firms(self):
        """Return partner, document type and the strictest thresholds over its service types."""
        services = self.env["res.partner"]._fields["outsourcing_service_type_ids"]
        required = self.env["outsourcing.service.type"]._fields["required_document_type_ids"]
        return SQL(
            """
            SELECT held.%(partner)s AS partner_id, asked.document_type_id, %(thresholds)s
              FROM %(services)s held
              JOIN (SELECT %(owner)s AS service_type_id, %(type)s AS document_type_id,
                           0 AS min_insured_amount, 1 AS min_person_count, NULL::integer AS min_grade_id,
                           TRUE AS is_required
                      FROM %(required)s
                     UNION ALL
                    SELECT service_type_id, document_type_id, min_insured_amount, min_person_count,
                           min_grade_id, FALSE
                      FROM outsourcing_service_type_requirement WHERE COALESCE(amount_from, 0) <= 0) asked
                ON asked.service_type_id = held.%(service)s
              LEFT JOIN outsourcing_document_grade grade ON grade.id = asked.min_grade_id
             GROUP BY held.%(partner)s, asked.document_type_id
            HAVING BOOL_OR(asked.is_required)
            """,
            partner=SQL.identifier(services.column1),
            service=SQL.identifier(services.column2),
            services=SQL.identifier(services.relation),
            owner=SQL.identifier(required.column1),
            type=SQL.identifier(required.column2),
            required=SQL.identifier(required.relation),
            thresholds=self._sql_thresholds(),
        )

    @api.model
    def _sql_asked_of_contracts(self):
        """Return contract, document type and the strictest thresholds at the contract's amount."""
        required = self.env["outsourcing.contract"]._fields["required_document_type_ids"]
        return SQL(
            """
            SELECT asked.contract_id, asked.document_type_id, %(thresholds)s
              FROM (SELECT %(owner)s AS contract_id, %(type)s AS document_type_id,
                           0 AS min_insured_amount, 1 AS min_person_count, NULL::integer AS min_grade_id,
                           TRUE AS is_required
                      FROM %(required)s
                     UNION ALL
                    SELECT line.contract_id, line.document_type_id, line.min_insured_amount,
                           line.min_person_count, line.min_grade_id, COALESCE(line.amount_from, 0) > 0
                      FROM outsourcing_contract_requirement line
                      JOIN outsourcing_contract owner ON owner.id = line.contract_id
                     WHERE COALESCE(line.amount_from, 0) <= COALESCE(owner.amount_company, 0)) asked
              LEFT JOIN outsourcing_document_grade grade ON grade.id = asked.min_grade_id
             GROUP BY asked.contract_id, asked.document_type_id
            HAVING BOOL_OR(asked.is_required)
            """,
            owner=SQL.identifier(required.column1),
            type=SQL.identifier(required.column2),
            required=SQL.identifier(required.relation),
            thresholds=self._sql_thresholds(),
        )

    @api.model
    def _sql_thresholds(self):
        return SQL(
            """
            COALESCE(MAX(asked.min_insured_amount), 0) AS min_insured_amount,
            COALESCE(MAX(asked.min_person_count), 1) AS min_person_count,
            MIN(grade.sequence) AS min_rank,
            (ARRAY_AGG(asked.min_grade_id ORDER BY grade.sequence)
                FILTER (WHERE grade.id IS NOT NULL))[1] AS min_grade_id
            """
        )

    @api.model
    def _sql_best_document(self, today):
        """Return the document nearest to what a row asks, and how many people hold a sufficient one."""
        return SQL(
            """
            SELECT (ARRAY_AGG(held.id ORDER BY held.rank, held.date_end DESC NULLS FIRST, held.id DESC))[1]
                       AS document_id,
                   MIN(held.rank) AS rank,
                   COUNT(DISTINCT held.person_id) FILTER (WHERE held.rank <= 1) AS holder_count,
                   COUNT(DISTINCT held.person_id) FILTER (WHERE held.rank = 0) AS lasting_count
              FROM (SELECT candidate.id, candidate.date_end, candidate.person_id,
                           CASE WHEN candidate.date_verified IS NULL THEN %(unverified)s
                                WHEN candidate.date_end < %(today)s THEN %(expired)s
                                WHEN candidate.date_start > %(today)s THEN %(upcoming)s
                                WHEN COALESCE(candidate.insured_amount, 0) < asked.min_insured_amount
                                     OR COALESCE(grade.sequence, 2147483647) > min_grade.sequence
                                THEN %(insufficient)s
                                WHEN candidate.date_warn <= %(today)s AND candidate.is_superseded IS NOT TRUE
                                THEN 1
                                ELSE 0 END AS rank
                      FROM outsourcing_document candidate
                      LEFT JOIN outsourcing_document_grade grade ON grade.id = candidate.grade_id
                     WHERE candidate.active AND candidate.partner_id = asked.partner_id
                       AND candidate.type_id = asked.document_type_id
                       AND (asked.scope <> 'contract' OR candidate.contract_id = asked.contract_id)) held
            """,
            today=today,
            # a document in force, though insufficient, is nearer than one that waits
            insufficient=2,
            unverified=3,
            upcoming=4,
            expired=5,
        )

    @api.model
    def _sql_verdict(self):
        """Return the state of a row and its severity."""
        return SQL(
            """
            SELECT found.state, CASE found.state %(severities)s END AS severity
              FROM (SELECT CASE best.rank
                             WHEN 5 THEN 'expired' WHEN 4 THEN 'upcoming' WHEN 3 THEN 'unverified'
                             WHEN 2 THEN 'insufficient'
                             ELSE CASE WHEN best.rank IS NULL THEN 'missing'
                                       WHEN asked.scope = 'person'
                                            AND best.holder_count < asked.min_person_count
                                       THEN 'insufficient'
                                       WHEN best.rank = 1 OR asked.scope = 'person'
                                            AND best.lasting_count < asked.min_person_count
                                       THEN 'expiring'
                                       ELSE 'valid' END
                            END AS state) found
            """,
            severities=SQL(" ").join(SQL("WHEN %s THEN %s", name, rank) for name, rank in SEVERITY.items()),
        )
