from datetime import date, datetime, time, timedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today, utc_moment

MOST_ROWS = 8  # what a phone shows before one has to scroll for long
KEPT_DAYS = 3  # what a phone keeps to be read without signal


class ResUsers(models.Model):
    """What burns first, by name, place and clock: the first lines of the first page."""

    _inherit = "res.users"

    def _get_outsourcing_urgent(self, roles):
        """Return where the first lines of the first page come from. Hook: extend super's list.

        The lines themselves are those of the section's list (``_prepare_row`` of its page).

        :param set roles: as :meth:`_get_outsourcing_roles` returns it
        :return: list of (section, domain, deadline): the documents that wait for this person, and the stored
            date or datetime field by which the nearest come first
        """
        self.ensure_one()
        firm, today = self.partner_id.commercial_partner_id, trade_today(self)
        urgent = []
        if roles & {"contractor", "third_party"}:
            urgent.append(("inspections", self._get_due_inspection_domain(firm, today), "date_due"))
        if "contractor" in roles:
            assigned = [("contractor_id", "=", firm.id), ("state", "=", "assigned")]
            urgent += [
                ("orders", self._get_open_order_domain(), "outsourcing_next_deadline"),
                ("defects", assigned, "date_deadline"),
            ]
        return urgent

    def _get_outsourcing_kept(self, roles):
        """Return what a phone keeps to be read without signal, as :meth:`_get_outsourcing_urgent` does.

        Rounds of the next days belong to it. Hook: extend super's list.
        """
        firm = self.partner_id.commercial_partner_id
        until = self._get_due_inspection_domain(firm, trade_today(self) + timedelta(days=KEPT_DAYS))
        return [
            (section, until if section == "inspections" else domain, deadline)
            for section, domain, deadline in self._get_outsourcing_urgent(roles)
        ]

    def _get_due_inspection_domain(self, firm, today):
        return [
            ("party_partner_id", "=", firm.id),
            ("state", "in", ("planned", "in_progress")),
            ("date_planned", "<=", today),
        ]

    def _find_outsourcing_urgent(self, places, most=MOST_ROWS):
        """Return the documents that wait for the person, what is late or next first.

        One query for all sections, under the user's own access.

        :param list places: as :meth:`_get_outsourcing_urgent` returns it
        :param int most: how many at most
        :return: list of (section, id)
        """
        asked = []
        for section, domain, deadline in places:
            model = self._get_outsourcing_sections()[section]
            if (query := self._search_outsourcing(model, domain)) is not None:
                asked.append(self._select_urgent(section, model, query, deadline, most))
        if not asked:
            return []
        rows = self.env.execute_query(SQL(" UNION ALL ").join(asked))
        rows = sorted(rows, key=lambda row: self._get_moment(row[2]))[:most]
        return [(section, document_id) for section, document_id, _deadline in rows]

    def _select_urgent(self, section, model, query, deadline, most):
        documents = self.env[model]
        column = documents._field_to_sql(query.table, deadline, query)
        query.order, query.limit = SQL("%s, %s", column, SQL.identifier(query.table, "id")), most
        as_text = SQL("%s::text", column)  # dates beside moments
        return query.subselect(SQL("%s::text", section), SQL.identifier(query.table, "id"), as_text)

    def _get_moment(self, deadline):
        """Return by when (naive, UTC) something with this ``deadline``, the text of a column, is due."""
        if not deadline:
            return datetime.max
        if len(deadline) > len("2026-01-01"):
            return datetime.fromisoformat(deadline)
        return utc_moment(self, date.fromisoformat(deadline) + timedelta(days=1), time.min)
