from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tools import format_money

ROW_VALUES = ("amount", "date_end", "date_due", "active")


class OutsourcingContractAmendment(models.Model):
    """What an amendment does when it takes effect: terms, rows, order, deliverables, project; once."""

    _inherit = "outsourcing.contract.amendment"

    def _refresh_effects(self):
        """Compute what happens to the payment rows, for whoever approves and signs (in sudo).

        Never when it takes effect: what was signed stays as it was signed.
        """
        for amendment in self:
            plan = amendment._get_plan()
            effects = self.env["outsourcing.contract.amendment.effect"]
            amendment.effect_ids._gated().unlink()
            open_gate(effects).create(
                [effects._prepare_effect_vals(amendment, row) for row in plan.get_changed()]
            )
            amendment._gated().write(
                {
                    "amount_before": plan.amount_before,
                    "amount_after": plan.amount_after,
                    # now: once the rows are written, the difference can no longer be told
                    "amount_delta": plan.amount_after - plan.amount_before,
                    "date_end_before": plan.contract.date_end,
                    "date_end_after": plan.date_end,
                }
            )

    def _apply(self):
        """Carry out the amendment (in sudo, with the gate of the workflow behind it)."""
        self.ensure_one()
        contract = self.contract_id
        contract.lock_for_update()
        self._check_amendable()
        self._check_as_agreed()
        contract._keep_print()  # the contract as it was signed
        plan, date_end = self._get_plan(), contract.date_end
        self._freeze_shares(plan)
        contract._gated().write(self._prepare_contract_vals(plan))
        changed = self._apply_rows(plan)
        self._apply_terms()
        # from here on it counts among the amendments in force; until here the terms before it held
        self._gated().write({"date_activated": fields.Datetime.now()})
        changed._follow_order()
        changed._follow_amount()
        self._follow_deliverables(plan)
        self._follow_project(plan)
        contract._follow_service(plan, date_end)
        self._check_applied()
        self._tell_contract(plan, date_end)

    def _check_as_agreed(self):
        """Raise UserError if rows would change otherwise than was handed in, approved or signed."""
        agreed = {(effect.milestone_id, effect.name): effect for effect in self.effect_ids}
        rows = self.env["outsourcing.contract.milestone"]
        for row in self._get_plan().get_changed():
            effect = agreed.pop((row.record or rows, row.get("name")), None)
            if not effect or not effect._is_as_planned(row):
                agreed[row.record, row.get("name")] = effect
                break
        if agreed:
            raise UserError(
                self.env._(
                    "%(amendment)s: the contract has changed since its figures were drawn up (%(row)s). "
                    "Return it to its author, or cancel it.",
                    amendment=self.display_name,
                    row=next(reversed(agreed))[1],
                )
            )

    # ---- terms ------------------------------------------------------------------------------------------

    def _prepare_contract_vals(self, plan):
        """Return what changes on the contract itself. Hook: extend super's dict."""
        vals = {"amount_total": plan.amount_after}
        if plan.date_end != plan.contract.date_end:
            vals["date_end"] = plan.date_end
        if plan.communities != plan.contract.community_ids:
            vals["community_ids"] = [Command.set(plan.communities.ids)]
        for line in self.line_ids:
            vals |= line._get_change().prepare_contract_vals()
        return vals

    def _apply_terms(self):
        """Write clauses, time limits and items."""
        for line in self.line_ids:
            line._get_change().apply()
        self.contract_id._keep_clause_numbers()  # what is new is cited as well

    # ---- rows -------------------------------------------------------------------------------------------

    def _freeze_shares(self, plan):
        """Turn percentages into amounts: they were shares of the amount as signed."""
        if plan.amount_before == plan.amount_after and not any(
            "amount" in self._get_diff(row) for row in plan.rows
        ):
            return
        self.contract_id._freeze_row_shares()

    def _apply_rows(self, plan):
        """Write the planned rows.

        :return: the rows whose order lines have to follow
        """
        planned = plan.get_changed()
        new = [row for row in planned if row.is_new]
        records = open_gate(self.env["outsourcing.contract.milestone"]).create(
            [self._prepare_row_vals(row) for row in new]
        )
        for row, record in zip(new, records, strict=True):
            row.record = record.with_env(self.env)
        for row in planned:
            if diff := self._get_diff(row):
                row.record._gated().write(diff)
        self._link_effects(new)
        amounts = [row for row in planned if "amount" in self._get_diff(row) or not row.old]
        return self.env["outsourcing.contract.milestone"].union(*(row.record for row in amounts))

    def _get_diff(self, row):
        if not row.old:
            return {}
        return {name: row.get(name) for name in ROW_VALUES if row.old[name] != row.get(name)}

    def _prepare_row_vals(self, row):
        """Return the values of a new payment row."""
        vals = {**row.new, "community_id": row.get("community_id").id, "contract_id": self.contract_id.id}
        return {**vals, "percent": 0.0}

    def _link_effects(self, new):
        """Let the effects of new rows point at them: both were made in the same order."""
        effects = self.effect_ids.filtered(lambda effect: effect.kind == "new").sorted("id")
        for effect, row in zip(effects, new, strict=True):
            open_gate(effect).write({"milestone_id": row.record.id})

    # ---- what hangs on the rows -------------------------------------------------------------------------

    def _follow_deliverables(self, plan):
        """Ask for the deliverables of new rows, move those of moved rows, drop those of dropped rows."""
        deliverables = self.env["outsourcing.contract.deliverable"].with_context(tracking_disable=True)
        dropped = deliverables.browse()
        for row in plan.get_changed():
            if not row.old:
                continue
            waiting = row.record.deliverable_ids.filtered(lambda item: item.state in ("due", "returned"))
            if not row.get("active"):
                dropped |= waiting.filtered(lambda item: item.state == "due")
                continue
            of_rows = waiting.filtered(lambda item: item.term_id.recurrence in ("row", "completion"))
            self._move_deliverables(row, of_rows)
        added = {row.record.id for row in plan.get_changed() if not row.old}
        wanted = self.contract_id._prepare_all_deliverables() if added else []
        deliverables.create([vals for vals in wanted if vals["milestone_id"] in added])
        dropped.unlink()

    def _move_deliverables(self, row, deliverables):
        """Let what is due a number of days after a row follow the row's date."""
        before = row.old["date_end"] or row.old["date_due"]
        after = row.get("date_end") or row.get("date_due")
        if before and after and before != after:
            for item in deliverables:
                item._gated().write({"date_due": item.date_due + relativedelta(days=(after - before).days)})

    def _follow_project(self, plan):
        """Keep the project's dates and its informational milestones in step."""
        project = self.contract_id.project_id
        if not project:
            return
        if project.date != plan.date_end:
            project.write({"date": plan.date_end})
        new = [row for row in plan.get_changed() if not row.old and row.get("kind") != "period"]
        milestones = self.env["project.milestone"].create(
            [
                {"name": row.get("name"), "project_id": project.id, "deadline": row.get("date_due")}
                for row in new
            ]
        )
        for row, milestone in zip(new, milestones, strict=True):
            row.record._gated().write({"project_milestone_id": milestone.id})
        for row in plan.get_changed():
            if row.old and row.record.project_milestone_id and row.old["date_due"] != row.get("date_due"):
                row.record.project_milestone_id.write({"deadline": row.get("date_due")})

    # ---- last look --------------------------------------------------------------------------------------

    def _check_applied(self):
        """Raise UserError unless rows, order and contract amount agree to the cent."""
        contract = self.contract_id
        contract.milestone_ids._check_sum()
        order = contract.purchase_order_id
        committed = sum(order.order_line.mapped("product_qty"))
        if order and contract.currency_id.compare_amounts(committed, contract.amount_total):
            raise UserError(
                self.env._(
                    "The purchase order adds up to %(order)s, the contract amount is %(total)s.",
                    order=format_money(contract, committed),
                    total=format_money(contract, contract.amount_total),
                )
            )

    def _tell_contract(self, plan, date_end):
        text = self.env._(
            "%(amendment)s took effect: contract amount %(before)s → %(after)s, "
            "end %(end_before)s → %(end_after)s.",
            amendment=self.display_name,
            before=format_money(self, plan.amount_before),
            after=format_money(self, plan.amount_after),
            end_before=fields.Date.to_string(date_end),
            end_after=fields.Date.to_string(plan.date_end),
        )
        self.contract_id.message_post(body=text)
        self.contract_id.purchase_order_id.message_post(body=text)
