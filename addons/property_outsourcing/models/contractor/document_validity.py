from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..workflow.trade_time import trade_today


class OutsourcingDocument(models.Model):
    """Whether a document is in force on this day, about to end, or good enough for what is asked."""

    _inherit = "outsourcing.document"

    date_warn = fields.Date(compute="_compute_date_warn", store=True)
    state = fields.Selection(
        [
            ("unverified", "To verify"),
            ("upcoming", "Not yet in force"),
            ("valid", "Valid"),
            ("expiring", "Expiring"),
            ("expired", "Expired"),
        ],
        compute="_compute_state",
        search="_search_state",
    )

    @api.depends("date_end", "type_id.warn_days")
    def _compute_date_warn(self):
        for document in self:
            warn = relativedelta(days=document.type_id.warn_days)
            document.date_warn = document.date_end and document.date_end - warn

    @api.depends("date_verified", "date_start", "date_end", "date_warn")
    def _compute_state(self):
        today = trade_today(self)
        for document in self:
            if not document.date_verified:
                document.state = "unverified"
            elif document.date_end and document.date_end < today:
                document.state = "expired"
            elif document.date_start and document.date_start > today:
                document.state = "upcoming"
            elif document.date_warn and document.date_warn <= today:
                document.state = "expiring"
            else:
                document.state = "valid"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._get_state_domains()
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _get_state_domains(self):
        """Return a dict: the domain of each state."""
        today = trade_today(self)
        verified = Domain("date_verified", "!=", False)
        started = Domain("date_start", "=", False) | Domain("date_start", "<=", today)
        not_ended = Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        warned = Domain("date_warn", "!=", False) & Domain("date_warn", "<=", today)
        return {
            "unverified": ~verified,
            "expired": verified & Domain("date_end", "<", today),
            "upcoming": verified & not_ended & Domain("date_start", ">", today),
            "expiring": verified & not_ended & started & warned,
            "valid": verified & not_ended & started & ~warned,
        }

    def _is_in_force(self):
        """Tell whether ``self`` is verified and valid on this day."""
        self.ensure_one()
        return self.state in ("valid", "expiring")

    def _satisfies(self, requirement):
        """Tell whether ``self``, being in force, is good enough for a ``DocumentRequirement``."""
        self.ensure_one()
        insured = self.insured_amount >= requirement.min_insured_amount
        return insured and self.grade_id._covers(requirement.min_grade)
