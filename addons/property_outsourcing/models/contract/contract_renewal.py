from collections import defaultdict
from datetime import timedelta
from math import ceil

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import format_money, join_names
from .contract_expiry import ACTIVITY_EXPIRY, ACTIVITY_LAPSE

USUAL_MONTHS = (1, 3, 6, 12, 24, 36, 60)  # terms the trade signs for
DAYS_PER_MONTH = 365.25 / 12
ODD_DAYS = 2  # a year from 29 February ends on the 28th


class OutsourcingContract(models.Model):
    """The next term: a draft that starts from what is in force, and shows what differs."""

    _inherit = "outsourcing.contract"

    def action_renew(self):
        """Propose the next term: the day after, as long as the one that was signed."""
        self.ensure_one()
        self._check_may_renew()
        return self._get_step_wizard("outsourcing.contract.renew", self.env._("Renewal"))

    def action_view_renewals(self):
        """Open the contract this one renews, or the one that renews it."""
        self.ensure_one()
        others = self.previous_id | self.next_ids
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Renewals"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", others.ids)],
        }

    def _check_may_renew(self):
        """Raise UserError unless the contract may be renewed: it ran, and nobody has renewed it yet."""
        self.ensure_one()
        self._require_group("property_outsourcing.group_outsourcing_user")
        self.check_access("write")
        if self.state not in ("active", "suspended", "completed", "closed"):
            raise UserError(
                self.env._(
                    "%(contract)s is %(state)s and cannot be renewed.",
                    contract=self.display_name,
                    state=self._get_state_label(),
                )
            )
        communities = self.sudo().community_ids  # named to be told apart from one's own
        if len(communities.sudo(False)._filtered_access("read")) < len(communities):
            raise UserError(
                self.env._(
                    "%s also serves communities you are no member of: ask its project manager to renew it.",
                    self.display_name,
                )
            )
        if self.next_id:
            raise UserError(
                self.env._(
                    "%(contract)s has already been renewed by %(next)s.",
                    contract=self.display_name,
                    next=self.next_id.display_name,
                )
            )

    # ---- term -------------------------------------------------------------------------------------------

    def _get_signed_term(self):
        """Return (first day, last day) as the contract was signed for. Hook of what moves the end."""
        self.ensure_one()
        return self.date_start, self.date_end

    def _get_next_term(self):
        """Return (first day, last day) of the next term: from the day after, as long as was signed for.

        A term of odd days, longer than a month, is followed by the next usual one: nobody signs for four
        months and fifteen days.
        """
        self.ensure_one()
        first, last = self._get_signed_term()
        start, after = self.date_end + timedelta(days=1), last + timedelta(days=1)
        if after < fields.Date.add(first, months=1):
            return start, start + (last - first)
        months = (after.year - first.year) * 12 + after.month - first.month
        if after.day != first.day:
            months = ceil(((after - first).days - ODD_DAYS) / DAYS_PER_MONTH)
            months = next((usual for usual in USUAL_MONTHS if usual >= months), months)
        return start, fields.Date.add(start, months=months) - timedelta(days=1)

    # ---- the draft --------------------------------------------------------------------------------------

    def _renew(self, date_start, date_end):
        """Return a draft with all terms of this contract for the next term, linked to it."""
        self._check_may_renew()
        if date_start <= self.date_end:
            raise UserError(self.env._("The next term starts after %s.", self.date_end))
        renewal = self.copy(self._prepare_renewal_vals(date_start, date_end))
        renewal._gated().write({"previous_id": self.id})
        renewal._shift_rows(self.date_start)
        renewal._tell_differences(self._get_renewal_differences(date_start, date_end))
        documents = self._get_documents_to_renew(date_end)
        if documents:
            renewal.message_post(
                body=self.env._("Documents to renew: %s", join_names(self.env, documents.mapped("name")))
            )
        # whoever renews has settled the reminder
        self.sudo().activity_feedback([ACTIVITY_EXPIRY, ACTIVITY_LAPSE])
        return renewal

    def _prepare_renewal_vals(self, date_start, date_end):
        """Return what differs in the renewal. Hook: extend super's dict."""
        vals = {"date_start": date_start, "date_end": date_end, "title": self.title}
        fees = self._prepare_fees_in_force()
        staying = self._get_staying_communities()
        if len(staying) == 1 and not self.fee_ids and fees:
            vals["period_amount"] = self._get_period_fees()[staying.id]
        elif fees:
            vals["fee_ids"] = [Command.create(fee) for fee in fees]
        if staying != self.community_ids:
            vals["community_ids"] = [Command.set(staying.ids)]
        if fees:  # its periods are written anew from the fees
            rows = self.milestone_ids.filtered(lambda row: row.kind != "period")
            vals["milestone_ids"] = [Command.create(row) for row in rows.copy_data()]
        return vals

    def _get_staying_communities(self):
        """Return the communities served to the end of the term. Hook."""
        self.ensure_one()
        return self.community_ids or self.community_id

    def _prepare_fees_in_force(self):
        """Return what is paid per full period at the end of the term, as values of fee rows. Hook.

        :return: list of dicts with ``community_id``, ``name``, ``quantity`` and ``price_unit``; empty where
            the contract has no fee per period
        """
        self.ensure_one()
        rows = self.fee_ids.filtered(lambda fee: not fee.date_to or fee.date_to >= self.date_end)
        fees = [
            {
                "community_id": row.community_id.id,
                "name": row.name,
                "quantity": row.quantity,
                "price_unit": row.price_unit,
            }
            for row in rows
        ]
        missing = self._get_staying_communities() - self.fee_ids.community_id
        if self.period_amount:
            fees += [self._prepare_fee_vals(community, self.period_amount) for community in missing]
        return fees

    def _get_period_fees(self):
        """Return a dict: id of a community -> what it pays per full period at the end of the term."""
        fees = defaultdict(float)
        for fee in self._prepare_fees_in_force():
            fees[fee["community_id"]] += self.currency_id.round(fee["quantity"] * fee["price_unit"])
        return fees

    def _prepare_fee_vals(self, community, amount, name=False):
        """Return the values of the fee row of one community that pays ``amount`` per period."""
        return {"community_id": community.id, "name": name, "quantity": 1.0, "price_unit": amount}

    def _shift_rows(self, former_start):
        """Move the payment rows of a fresh renewal, copied from a term that began on ``former_start``."""
        self.ensure_one()
        months = (self.date_start.year - former_start.year) * 12 + self.date_start.month - former_start.month
        delta = relativedelta(months=months)
        if former_start + delta != self.date_start:
            delta = self.date_start - former_start
        for row in self.milestone_ids:  # each has its own dates
            names = ("date_start", "date_end", "date_due")
            row.write({name: row[name] + delta for name in names if row[name]})
        if self.period_amount or self.fee_ids:
            self.action_generate_periods()

    def _tell_differences(self, differences):
        """Keep in the chatter of a fresh renewal what it starts from, for whoever approves it."""
        self.ensure_one()
        community = self.env["outsourcing.community"]
        lines = [
            self.env._(
                "%(community)s: fee per period in force %(fee)s; this term %(before)s, next term %(after)s",
                community=community.browse(row["community_id"]).name,
                fee=format_money(self, row["fee"]),
                before=format_money(self, row["amount_before"]),
                after=format_money(self, row["amount_after"]),
            )
            for row in differences
            if row["fee"]
        ]
        if lines:
            self.message_post(body=Markup("<br/>").join(lines), subtype_xmlid="mail.mt_note")

    def _get_renewal_differences(self, date_start, date_end):
        """Return what each community pays in this term and in the next one. Writes nothing.

        :return: list of dicts with ``community_id``, ``fee`` (per full period of the next term),
            ``amount_before`` (all payment rows of this term) and ``amount_after``
        """
        self.ensure_one()
        fees, after = self._get_period_fees(), self._sum_next_periods(date_start, date_end)
        periods = self.milestone_ids.filtered(lambda row: row.kind == "period").grouped("community_id")
        return [
            {
                "community_id": community.id,
                "fee": fees[community.id],
                "amount_before": sum(periods[community].mapped("amount")) if community in periods else 0.0,
                "amount_after": after[community.id],
            }
            for community in self.community_ids
        ]

    def _sum_next_periods(self, date_start, date_end):
        """Return a dict: id of a community -> what its periods of the next term come to."""
        sums, vals = defaultdict(float), self._prepare_renewal_vals(date_start, date_end)
        if "milestone_ids" not in vals or date_end < date_start:
            return sums
        if "fee_ids" in vals:
            vals["fee_ids"].insert(0, Command.clear())
        vals.pop("milestone_ids")
        for row in self.new(vals, origin=self)._prepare_period_rows():
            sums[row["community_id"]] += row["amount"]
        return sums

    # ---- advice -----------------------------------------------------------------------------------------

    def _get_documents_to_renew(self, date_end):
        """Return the required document types that will not be in force until ``date_end``.

        What is signed for one contract, the safety letter for example, is always among them.
        """
        self.ensure_one()
        firm = self.contractor_id.sudo()  # validity of its documents only
        in_force = firm.outsourcing_compliance_ids.filtered(
            lambda document: not document.has_expiry or (document.date_end and document.date_end >= date_end)
        )
        return self.required_document_type_ids.filtered(
            lambda kind: kind.scope == "contract" or kind not in in_force.type_id
        )

    def _get_renewal_recommendation(self):
        """Return whether this contract should be renewed, as far as anybody has judged its performance.

        Hook: an evaluation overrides it.

        :return: dict with ``advice`` (``renew``, ``improve``, ``end`` or False) and ``reasons``, sentences
        """
        self.ensure_one()
        return {"advice": False, "reasons": []}
