from datetime import time, timedelta
from functools import partial

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today, utc_moment

DAYS_AHEAD = 7
SIGNS_AT = {"contractor": "self_check", "third_party": "third_party_check", "representative": "witness"}


class ResUsersCards(models.Model):
    """The first page of the portal: what waits for this person today. Add-ons above append cards."""

    _inherit = "res.users"

    def _get_outsourcing_cards(self, roles):
        """Return the cards of the first page. Hook: extend super's list.

        :param set roles: as :meth:`_get_outsourcing_roles` returns it
        :return: list of dicts as :meth:`_prepare_outsourcing_card` makes them, or with ready figures:
            ``key``, ``url``, ``icon`` (of Font Awesome 4) and ``label``, and, if something can wait there,
            ``count`` (what waits), ``date`` (nearest deadline or False) and ``is_late``
        """
        self.ensure_one()
        today = trade_today(self)
        cards = []
        if roles & {"contractor", "third_party"}:
            cards.append(self._get_inspection_card(today))
        if "contractor" in roles:
            cards += self._get_contract_cards()
            cards += self._get_late_order_cards()
            cards += self._get_cut_cards(today)
            cards += self._get_contractor_cards(today)
        if roles & {"contractor", "representative", "third_party"}:
            cards += self._get_signing_cards(today, roles)
        if "contractor" in roles:
            cards += self._get_money_cards()
        if "representative" in roles:
            cards += self._get_representative_cards(roles)
        if self.share:
            cards.append(self._get_invoice_card())
        return cards

    def _get_invoice_card(self):
        """Return the card of a customer: a representative may live there. Staff sees bills in the backend."""
        card = self._prepare_outsourcing_card("invoices", "fa-file-text-o", self.env._("Invoices to me"))
        own = [("move_type", "in", ("out_invoice", "out_refund")), ("state", "=", "posted")]
        return {**card, "url": "/my/invoices?filterby=invoices", "exists": [("account.move", own)]}

    def _get_inspection_card(self, today):
        firm = self.partner_id.commercial_partner_id
        card = self._prepare_outsourcing_card(
            "inspections", "fa-check-square-o", self.env._("Inspections"), "outsourcing.inspection",
            self._get_due_inspection_domain(firm, today), "date_due", today,
        )  # fmt: skip
        return {**card, "exists": [("outsourcing.inspection", [("party_partner_id", "=", firm.id)])]}

    def _get_contract_cards(self):
        """Return the card of contracts to sign, while there are any."""
        firm = self.partner_id.commercial_partner_id
        # by what it means: a search that is plain is worked out once
        unsigned = self.env["outsourcing.contract"]._search_is_unsigned("in", [True])
        domain = fields.Domain("contractor_id", "=", firm.id) & unsigned
        label = self.env._("Contracts to sign")
        card = self._prepare_outsourcing_card("contracts", "fa-pencil", label, "outsourcing.contract", domain)
        return [{**card, "url": f"{card['url']}?tab=sign", "only_waiting": True}]

    def _get_late_order_cards(self):
        """Return the card of work orders past their limit, while there are any: hours count."""
        late = [("outsourcing_next_deadline", "<", fields.Datetime.now())]
        running = [*self._get_open_order_domain(), *late, ("outsourcing_sla_state", "!=", "paused")]
        label = self.env._("Late work orders")
        card = self._prepare_outsourcing_card("orders", "fa-clock-o", label, "project.task", running)
        return [{**card, "only_waiting": True, "is_late": True}]

    def _get_cut_cards(self, today):
        """Return the card of quantities accepted below the report, while the firm may object to any."""
        firm = self.partner_id.commercial_partner_id
        label, domain = self.env._("Quantities cut"), self._get_cut_order_domain(firm, today)
        args = ("orders", "fa-scissors", label, "project.task", domain, "outsourcing_dispute_until", today)
        card = self._prepare_outsourcing_card(*args)
        return [{**card, "url": f"{card['url']}?tab=cut", "only_waiting": True}]

    def _get_cut_order_domain(self, firm, today):
        return [
            ("outsourcing_contractor_id", "=", firm.id),
            ("outsourcing_dispute_state", "=", "open"),
            ("outsourcing_dispute_until", ">=", today),
        ]

    def _get_contractor_cards(self, today):
        firm = self.partner_id.commercial_partner_id
        soon = today + timedelta(days=DAYS_AHEAD)
        card = self._prepare_outsourcing_card
        mine = ("contractor_id", "=", firm.id)
        drafts = [("user_id", "=", self.id), ("state", "in", ("draft", "returned"))]
        cards = [
            card(
                "defects", "fa-wrench", self.env._("Rectifications"),
                "outsourcing.defect", [mine, ("state", "=", "assigned")], "date_deadline", today,
            ),
            card(
                "logs", "fa-pencil-square-o", self.env._("Site logs"),
                "outsourcing.site.log", drafts,
            ),
            card(
                "orders", "fa-ticket", self.env._("Work orders"), "project.task",
                self._get_open_order_domain(),
            ),
            card(
                "deliverables", "fa-file-text-o", self.env._("Deliverables"),
                "outsourcing.contract.deliverable",
                [mine, ("state", "in", ("due", "returned")), ("date_due", "<=", soon)], "date_due", today,
            ),
        ]  # fmt: skip
        own_order = ("outsourcing_contractor_id", "=", mine[-1])
        return self._limit_to_existing(cards, {"logs": None, "orders": [own_order]}, [mine])

    def _limit_to_existing(self, cards, exceptions, domain):
        """Return the cards, each shown only while there is a document of its model in ``domain``.

        :param dict exceptions: key of a card -> its own domain, None: always shown
        """
        limited = []
        for card in cards:
            own = exceptions.get(card["key"], domain)
            limited.append(card if own is None else {**card, "exists": [(card["model"], own)]})
        return limited

    def _get_open_order_domain(self):
        """Return the domain of the firm's work orders not reported done."""
        firm = self.partner_id.commercial_partner_id
        # a year of planned work is not for today; the same moment all day long
        soon = utc_moment(self, trade_today(self) + timedelta(days=DAYS_AHEAD + 1), time.min)
        return [
            ("outsourcing_contractor_id", "=", firm.id),
            ("outsourcing_date_completed", "=", False),
            ("state", "in", self.env["project.task"].OPEN_STATES),
            "|",
            ("outsourcing_planned_start", "=", False),
            ("outsourcing_planned_start", "<", soon),
        ]

    def _get_signing_cards(self, today, roles):
        firm = self.partner_id.commercial_partner_id
        card = self._prepare_outsourcing_card
        own = fields.Domain("contractor_id", "=", firm.id)
        party = own | fields.Domain("third_party_id", "=", firm.id)
        if "representative" in roles:
            party |= fields.Domain("community_id", "in", self._get_represented_community_ids())
        levels = fields.Domain("method", "=", "levels")
        places = [level for role, level in SIGNS_AT.items() if role in roles]
        state, documents = partial(fields.Domain, "state", "in"), self._get_outsourcing_documents
        turn = documents("outsourcing.acceptance")._get_turn_domain(places)
        work_turn = documents("outsourcing.concealed.work")._get_turn_domain(places)
        building = self._get_builder_contracts()
        acceptances = card(
            "acceptances", "fa-handshake-o", self.env._("Acceptances"), "outsourcing.acceptance",
            party & levels & (turn | (own & state(["rework"]))), "date_deadline", today,
        )  # fmt: skip
        works = card(
            "concealed", "fa-eye-slash", self.env._("Concealed works"), "outsourcing.concealed.work",
            party & (work_turn | (own & state(["rejected", "accepted"]))),
        )  # fmt: skip
        return [
            {**acceptances, "exists": [*building, (acceptances["model"], party & levels)]},
            {**works, "exists": [*building, (works["model"], party)]},
        ]

    def _get_money_cards(self):
        today = trade_today(self)
        mine = ("contractor_id", "=", self.partner_id.commercial_partner_id.id)
        card = self._prepare_outsourcing_card
        cards = [
            card(
                "scores", "fa-star-half-o", self.env._("Monthly scores"), "outsourcing.acceptance",
                [mine, ("method", "=", "score"), ("state", "=", "to_confirm")], "confirm_deadline", today,
            ),
            card(
                "adjustments", "fa-balance-scale", self.env._("Deductions and rewards"),
                "outsourcing.adjustment",
                [mine, *self._get_waiting_adjustment_domain(today)], "appeal_deadline", today,
            ),
            card(
                "amendments", "fa-file-text-o", self.env._("Amendments"), "outsourcing.contract.amendment",
                [mine, ("state", "=", "to_sign")], "date_sign_due", today,
            ),
            {
                **card("variations", "fa-random", self.env._("Site variations"), "outsourcing.variation",
                       [mine, ("state", "=", "draft"), ("user_id", "=", self.id)]),
                "exists": [*self._get_builder_contracts(), ("outsourcing.variation", [mine])],
            },
            card(
                "settlements", "fa-cny", self.env._("Settlements"), "outsourcing.settlement",
                self._get_statement_domain(), *self._get_statement_clock(today),
            ),
        ]  # fmt: skip
        own = {"scores": [mine, ("method", "=", "score")], "variations": None}
        cards = self._limit_to_existing(cards, own, [mine])
        contracts = card(
            "contracts", "fa-folder-open-o", self.env._("Contracts"), "outsourcing.contract", None
        )
        return [*cards, contracts]

    def _get_waiting_adjustment_domain(self, today):
        return [
            ("state", "=", "confirmed"),
            ("is_acknowledged", "=", False),
            ("appeal_date", "=", False),
            ("appeal_deadline", ">=", today),
        ]

    def _get_representative_cards(self, roles):
        if "contractor" in roles:
            return []
        card = self._prepare_outsourcing_card
        cards = [card("defects", "fa-wrench", self.env._("Rectifications"), "outsourcing.defect", None)]
        if "third_party" not in roles:
            cards.append(
                card(
                    "inspections",
                    "fa-check-square-o",
                    self.env._("Inspections"),
                    "outsourcing.inspection",
                    None,
                )
            )
        return [
            *cards,
            card("logs", "fa-pencil-square-o", self.env._("Site logs"), "outsourcing.site.log", None),
        ]

    def _prepare_outsourcing_card(
        self, key, icon, label, model=None, domain=None, date_field=None, today=None
    ):
        """Return one card; the first page counts all of them in one query, under the user's own access.

        :param str key: the section
        :param str icon: class of Font Awesome 4
        :param str label: translated
        :param str model: whose documents are counted
        :param domain: what waits for the person; None: nothing ever does, the card only leads to the list
        :param str date_field: stored date of the deadline, the nearest is shown
        :param date today: in the company's zone; with it a deadline that has passed is late
        :return: dict; ``only_waiting`` may be set to hide the card while nothing waits, and ``exists``, a
            list of (model, domain), while there is no such document at all
        """
        card = {"key": key, "url": f"/my/outsourcing/{key}", "icon": icon, "label": label}
        if domain is None:
            return card
        return {**card, "model": model, "domain": domain, "date_field": date_field, "today": today}

    def _count_outsourcing_cards(self, cards):
        """Return the cards with ``count``, ``date`` and ``is_late``, less those that show only what waits.

        :param list cards: as :meth:`_get_outsourcing_cards` returns them
        """
        asked, known = [], self._get_known_cards() | self._get_absent_cards()
        for number, card in enumerate(cards):
            asked += self._ask_outsourcing_card(number, card, known)
        # of a card: what waits, the nearest deadline, whether there is anything
        rows = self.env.execute_query(SQL(" UNION ALL ").join(asked)) if asked else []
        figures = {(number, what): (count, date or False) for number, what, count, date in rows}
        known = self._note_cards(cards, figures)
        counted = []
        for number, card in enumerate(cards):
            fixed = (card.get("count", 0), card.get("date", False))
            count, date = figures.get((number, "waiting"), fixed)
            shown = card["key"] in known if "exists" in card else not card.get("only_waiting")
            today = card.get("today")
            is_late = card.get("is_late", bool(date and today and date < today))
            if count or shown:
                counted.append({**card, "count": count, "date": date, "is_late": is_late})
        return counted

    def _ask_outsourcing_card(self, number, card, known=()):
        """Return what is asked for a card: a list of ``SELECT number, what, count, date``.

        :param known: keys of cards that need not be looked for: there is something, or was nothing just now
        """
        asked = []
        if card.get("model"):
            query = self._search_outsourcing(card["model"], card["domain"])
            asked = [self._select_waiting(number, card, query)] if query is not None else []
        for model, domain in card.get("exists", ()) if card["key"] not in known else ():
            query = self._search_outsourcing(model, domain)
            if query is not None:
                found = "SELECT %s, 'exists', 0::bigint, NULL::date WHERE EXISTS %s"
                asked.append(SQL(found, number, query.subselect()))
        return asked

    def _select_waiting(self, number, card, query):
        documents = self.env[card["model"]]
        date = SQL("NULL::date")
        if card.get("date_field"):
            date = SQL("MIN(%s)::date", documents._field_to_sql(query.table, card["date_field"], query))
        return query.select(SQL("%s, 'waiting'", number), SQL("COUNT(*)"), date)
