from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

SHOWN = 40  # of each kind, newest first
DAYS = 60  # how long after its end work is offered for rating


class Work(NamedTuple):
    """Finished documents of one section that owners' representatives rate."""

    model: str
    domain: Domain  # finished
    contract: str  # field
    community: str  # field
    date: str  # stored date or datetime of the end


class OutsourcingOwnerRating(models.Model):
    """Which finished work may be rated."""

    _inherit = "outsourcing.owner.rating"

    @api.model
    def _get_works(self):
        """Return what may be rated: dict section of the portal -> :class:`Work`. Hook: extend super's dict.

        Searched in sudo, in the communities the person represents. Leave out what somebody nearer to it
        rates: the same work would count twice.
        """
        accepted = Domain("state", "=", "accepted")
        acceptance = ("contract_id", "community_id", "date_accepted")
        order = ("outsourcing_contract_id", "outsourcing_community_id", "outsourcing_date_closed")
        done = Domain("outsourcing_contract_id", "!=", False) & Domain("state", "=", "1_done")
        return {
            "acceptances": Work(
                "outsourcing.acceptance", accepted & Domain("method", "=", "levels"), *acceptance
            ),
            "scores": Work("outsourcing.acceptance", accepted & Domain("method", "=", "score"), *acceptance),
            "orders": Work("project.task", done, *order),
        }

    @api.model
    def _get_work_domain(self, work, user):
        """Return the domain of finished documents that ``user`` may rate.

        Of the communities the user represents, not of the user's own firm, and not long ago.
        """
        since = fields.Datetime.now() - timedelta(days=DAYS)
        firm = user.sudo().partner_id.commercial_partner_id  # compared only
        return (
            work.domain
            & Domain(work.community, "in", user._get_represented_community_ids())
            & Domain(f"{work.contract}.contractor_id", "!=", firm.id)
            & Domain(work.date, ">=", since)
        )

    @api.model
    def _find_work(self, user, section, document_id):
        """Return the document (in sudo) of a section that ``user`` may rate, or None."""
        work = self._get_works().get(section)
        if not work:
            return None
        # sudo: only of the communities the person represents
        documents = self.env[work.model].sudo()
        wanted = self._get_work_domain(work, user) & Domain("id", "=", document_id)
        return documents.search(wanted, limit=1) or None

    @api.model
    def _find_unrated(self, user):
        """Return what waits for a rating: list of (section, :class:`Work`, documents in sudo)."""
        found = []
        for section, work in self._get_works().items():
            # sudo: only of the communities the person represents
            documents = self.env[work.model].sudo()
            # sudo: as above
            rated = self.sudo()._search([("res_model", "=", work.model)]).subselect("res_id")
            wanted = self._get_work_domain(work, user) & Domain("id", "not in", rated)
            found.append((section, work, documents.search(wanted, order=f"{work.date} desc", limit=SHOWN)))
        return found
