from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint, MissingPoints
from odoo.addons.property_outsourcing.tools import format_money, labelled


class OutsourcingSettlement(models.Model):
    _inherit = "outsourcing.settlement"

    @api.model
    def _create_for_milestones(self, milestones):
        """Create one draft settlement per contract for the accepted and not yet settled ``milestones``.

        :raise UserError: listing everything that stands in the way, of all contracts at once
        """
        milestones.check_access("read")
        settleable = milestones.filtered(lambda milestone: milestone.amount_to_settle > 0)
        if not settleable:
            raise UserError(self.env._("Nothing here is accepted and not yet settled."))
        # sudo: what waits for a decision, and for whose, may be told to whoever settles
        held = settleable.sudo()._get_wholly_held()
        settleable = settleable.filtered(lambda milestone: milestone not in held)
        if not settleable:
            raise UserError(
                "\n".join(labelled(self.env, row.display_name, note) for row, note in held.items())
            )
        by_contract = settleable.grouped("contract_id")
        self._raise_blockers(by_contract)
        return self.create(
            [
                {"contract_id": contract.id, "milestone_ids": [Command.set(rows.ids)]}
                for contract, rows in by_contract.items()
            ]
        )

    @api.model
    def _raise_blockers(self, by_contract):
        points = {}
        for contract, milestones in by_contract.items():
            # terms, documents and orders lie beyond a supervisor's rights; the caller has checked who asks
            for blocker in contract.sudo()._get_settlement_blockers(milestones.sudo()):
                message = labelled(self.env, contract.display_name, blocker)
                points[message] = MissingPoint(message, record=contract)
        if points:
            raise MissingPoints("\n".join(points), points.values())

    def action_generate_lines(self):
        """Take over again what is accepted, penalised and rewarded by now."""
        self.check_access("write")
        if any(settlement.state != "draft" for settlement in self):
            raise UserError(
                self.env._("The lines of a settlement are taken over again only while it is a draft.")
            )
        self._generate_lines()

    def _generate_lines(self):
        """Replace the lines of the draft settlements ``self`` by what the contracts' hooks say today."""
        drafts = self.filtered(lambda settlement: settlement.state == "draft" and settlement._follows_rows())
        drafts.check_access("write")
        lines = self.env["outsourcing.settlement.line"]
        # orders, taxes and accounts lie beyond a supervisor's rights; access was checked above
        drafts_sudo = drafts.sudo()
        lines._gated().browse(drafts_sudo.line_ids.ids).unlink()
        Line = lines._gated()
        Line.create(drafts_sudo._prepare_source_lines_vals())
        elsewhere = drafts_sudo._get_held_elsewhere()
        vals_list = []
        for settlement in drafts_sudo.sorted("id"):  # the older one takes first
            retained = settlement._prepare_retention_lines_vals(elsewhere)
            vals_list += [*retained, *settlement._prepare_advance_lines_vals(elsewhere)]
            settlement._add_retained(elsewhere, retained)
        Line.create(vals_list)

    def _get_held_elsewhere(self):
        """Return what other settlements of the same contracts hold, read once for all of ``self``.

        Hook: whoever prepares lines adds what it asks for.

        :return: dict ``retained`` and ``advance_open``: contract -> amount, brought up to date with each
            of ``self`` whose lines are prepared; ``advance_lines``: contract -> the lines that billed its
            advances
        """
        return {}

    def _add_retained(self, elsewhere, vals_list):
        """Add what the new retention lines of ``self`` hold, for the settlements after it. Hook.

        :param dict elsewhere: what ``_get_held_elsewhere`` says
        :param list vals_list: values of those lines
        """

    def _follows_rows(self):
        """Return whether the lines follow from payment rows, and are not chosen by people. Hook."""
        self.ensure_one()
        return True

    def _prepare_source_lines_vals(self):
        """Return values of the lines for accepted work, penalties and rewards; no query per settlement."""
        milestones = self.milestone_ids
        # read at once what each row asks for
        milestones.purchase_line_ids.fetch(["tax_ids", "product_id", "order_id"])
        milestones.purchase_line_ids.order_id.fetch(["fiscal_position_id"])
        milestones.mapped("purchase_line_id")
        rows = {
            settlement: settlement.contract_id._prepare_settlement_lines(
                settlement.milestone_ids.with_prefetch(milestones.ids)
            )
            for settlement in self
        }
        adjustment_ids = [
            row["adjustment_id"] for own in rows.values() for row in own if row.get("adjustment_id")
        ]
        self.env["outsourcing.adjustment"].browse(adjustment_ids).fetch(["community_id"])
        taken = {
            "applied": self._get_applied_amounts(),
            "pending": milestones._get_quantity_in_settlement(),
            "slices": milestones._get_next_slice_numbers(),
            "settled": self._get_settled_adjustment_ids(adjustment_ids),
            "settled_keys": self._get_settled_keys([row for own in rows.values() for row in own]),
        }
        return [
            vals
            for settlement in self.sorted("id")  # the older one takes first
            for vals in settlement._prepare_own_source_lines_vals(rows[settlement], **taken)
        ]

    def _get_applied_amounts(self):
        """Return what contractors apply for of the rows, where they do: {(settlement, row): amount}. Hook."""
        return {}

    def _prepare_own_source_lines_vals(self, rows, pending, slices, settled, settled_keys, applied=None):
        """Return values of the lines of one settlement, and add to what is taken what it takes.

        :param rows: what the contract's ``_prepare_settlement_lines`` says
        :param dict pending: milestone -> quantity settlements on their way have taken already
        :param dict slices: milestone -> number of its next partial settlement
        :param set settled: ids of the adjustments that are settled already
        :param set settled_keys: keys of other rows that are settled already
        :param dict applied: (settlement, milestone) -> amount the contractor applies for, no more is settled
        """
        self.ensure_one()
        vals_list = []
        for row in rows:
            if row["kind"] == "milestone":
                row = self._cut_to_unsettled(row, pending, slices, applied or {})
            elif row.get("adjustment_id") in settled or row["key"] in settled_keys:
                row = None
            elif row.get("adjustment_id"):
                settled.add(row["adjustment_id"])
            else:
                settled_keys.add(row["key"])
            if row:
                vals_list.append(self._prepare_line_vals(row))
        return vals_list

    def _cut_to_unsettled(self, row, pending, slices, applied):
        # accepted and unbilled, less what other settlements on their way have already taken
        milestone = self.env["outsourcing.contract.milestone"].browse(row["milestone_id"])
        quantity = self.currency_id.round(row["quantity"] - pending.get(milestone, 0.0))
        if self.currency_id.compare_amounts(quantity, 0.0) <= 0:
            return None
        number = slices.get(milestone, 1)
        asked = applied.get((self, milestone), quantity)
        if self.currency_id.compare_amounts(asked, quantity) < 0:
            row = {**row, "left_open": self.currency_id.round(quantity - asked)}
            quantity = asked
        pending[milestone] = pending.get(milestone, 0.0) + quantity
        slices[milestone] = number + 1
        return {**row, "quantity": quantity, "slice_no": number, "key": f"milestone:{milestone.id}:{number}"}

    def _get_settled_adjustment_ids(self, adjustment_ids):
        domain = [("adjustment_id", "in", [i for i in adjustment_ids if i]), ("is_active", "=", True)]
        return set(self.env["outsourcing.settlement.line"].search(domain).adjustment_id.ids)

    def _get_settled_keys(self, rows):
        """Return the keys of those ``rows``, neither work nor adjustments, that any settlement has taken."""
        keys = [row["key"] for row in rows if row["kind"] != "milestone" and not row.get("adjustment_id")]
        if not keys:
            return set()
        lines = self.env["outsourcing.settlement.line"]
        return set(lines.search([("source_key", "in", keys), ("is_active", "=", True)]).mapped("source_key"))

    def _prepare_retention_lines_vals(self, elsewhere):
        """Return values of the retention lines: the contract's rate on the accepted, one per milestone.

        :param dict elsewhere: what ``_get_held_elsewhere`` says
        """
        self.ensure_one()
        contract = self.contract_id
        if not contract.retention_rate:
            return []
        account = self.company_id._outsourcing_ensure_finance_accounts()
        vals_list = []
        for line in self.line_ids.filtered(lambda line: line.kind == "milestone"):
            if line.milestone_id.kind == "advance":
                continue
            base = line.amount if self.retention_basis == "gross" else line.amount_untaxed
            amount = self.currency_id.round(base * contract.retention_rate / 100.0)
            if self.currency_id.is_zero(amount):
                continue
            vals_list.append(self._prepare_retention_line_vals(line, base, amount, account))
        return vals_list

    def _prepare_retention_line_vals(self, line, base, amount, account):
        basis = dict(self._fields["retention_basis"]._description_selection(self.env))[self.retention_basis]
        return {
            "settlement_id": self.id,
            "sequence": self._get_line_sequence("retention"),
            "kind": "retention",
            "name": self.env._("Quality retention: %(milestone)s", milestone=line.name),
            "milestone_id": line.milestone_id.id,
            "community_id": line.community_id.id,
            "account_id": account.id,
            "price_unit": -amount,
            "formula": self.env._(
                "%(basis)s: %(base)s × %(rate)s %% = %(amount)s, held %(until)s",
                basis=basis,
                base=self._format_money(base),
                rate=f"{self.contract_id.retention_rate:g}",
                amount=self._format_money(amount),
                until=line.milestone_id.liability_text or "–",
            ),
            "source_key": f"retention:{line.source_key}",
        }

    def _prepare_advance_lines_vals(self, elsewhere):
        """Return values of the advance recovery line: taken back the way the advance was billed.

        :param dict elsewhere: what ``_get_held_elsewhere`` says; what is taken back here is open no more
        """
        self.ensure_one()
        amount = self.advance_recovery
        if self.currency_id.is_zero(amount):
            return []
        billed = elsewhere["advance_lines"].get(self.contract_id)
        open_advance = elsewhere["advance_open"][self.contract_id]
        if not billed or self.currency_id.compare_amounts(amount, open_advance) > 0:
            raise UserError(
                self.env._(
                    "%(contract)s: only %(amount)s of advances is open.",
                    contract=self.contract_id.display_name,
                    amount=self._format_money(open_advance),
                )
            )
        elsewhere["advance_open"][self.contract_id] = self.currency_id.round(open_advance - amount)
        return [
            {
                "settlement_id": self.id,
                "sequence": self._get_line_sequence("advance_recovery"),
                "kind": "advance_recovery",
                "name": self.env._("Recovery of the advance"),
                "milestone_id": billed[0].milestone_id.id,
                "community_id": billed[0].community_id.id,
                "account_id": billed[0].account_move_line_ids[:1].account_id.id,
                "price_unit": -self._get_price_for_gross(amount, billed[0].tax_ids),
                "tax_ids": [Command.set(billed[0].tax_ids.ids)],
                "analytic_distribution": billed[0].analytic_distribution,
                "formula": self.env._("open advance %s", self._format_money(open_advance)),
                "source_key": f"advance_recovery:{self.id}",
            }
        ]

    def _get_price_for_gross(self, amount, taxes):
        if not taxes or all(tax.price_include for tax in taxes):
            return amount
        return taxes.with_context(force_price_include=True).compute_all(amount, self.currency_id)[
            "total_excluded"
        ]

    def _format_money(self, amount):
        return format_money(self, amount)
