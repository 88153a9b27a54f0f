from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.api import Environment
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .common import OutsourcingCommon

KANBAN_FIELDS = (
    "title", "contractor_id", "community_id", "service_type_id", "amount_total", "date_end", "time_progress",
    "accepted_progress", "billed_progress", "is_expiring", "is_lapsed", "is_unsigned", "approval_step",
    "recent_breach_count", "adjustment_count", "document_alert_count", "next_milestone_name",
    "date_next_milestone", "next_milestone_amount", "is_milestone_late", "manager_id", "activity_state",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestContractOverview(OutsourcingCommon):
    """The card of a contract, computed for many at once."""

    def test_next_row_is_the_first_that_is_not_accepted(self):
        contract = self._create_active_contract()
        rows = contract.milestone_ids
        self.assertEqual(contract.next_milestone_id, rows[0])
        self._accept_row(rows[0], rows[0].amount, date(2026, 2, 1), contract)
        contract.invalidate_recordset()
        self.assertEqual((contract.next_milestone_id, contract.next_milestone_amount), (rows[1], 12000.0))

    def test_late_rows_are_found(self):
        today = fields.Date.context_today(self.env.user)
        late = self._create_active_contract(date_start=today - timedelta(days=60), date_end=today)
        fresh = self._create_active_contract(
            date_start=today + timedelta(days=1), date_end=today + timedelta(days=90)
        )
        found = late.search([("is_milestone_late", "=", True)])
        self.assertIn(late, found)
        self.assertNotIn(fresh, found)
        self.assertEqual((late.is_milestone_late, fresh.is_milestone_late), (True, False))

    def test_breaches_are_counted_from_facts(self):
        contract = self._create_active_contract()
        contract._record_fact("order_late", contract, key="a")
        contract._record_fact("order_done", contract, key="b")
        self.assertEqual((contract.breach_count, contract.recent_breach_count), (1, 1))
        action = contract.action_view_breaches()
        self.assertEqual(len(self.env["outsourcing.fact"].search(action["domain"])), 1)

    def test_the_card_counts_the_breaches_of_a_quarter(self):
        contract = self._create_active_contract()
        long_ago = trade_today(contract) - timedelta(days=91)
        contract._record_fact("order_late", contract, key="a", date=long_ago)
        contract._record_fact("order_late", contract, key="b")
        self.assertEqual((contract.breach_count, contract.recent_breach_count), (2, 1))

    def test_each_kind_of_document_is_read_once_for_all_its_figures(self):
        contract = self._create_active_contract()
        contract._record_fact("order_late", contract, key="a")
        contract._record_fact("order_done", contract, key="b")
        contract = contract.with_user(self.user_manager)
        counters, asked, execute = contract._get_counters(), [], Environment.execute_query

        def note(env, query):
            asked.append(query.code)
            return execute(env, query)

        with patch.object(Environment, "execute_query", note):
            contract._compute_counters()
        [code] = [code for code in asked if " UNION ALL " in code]
        places = {(model, link) for model, link, _domain in counters.values()}
        self.assertLess(len(places), len(counters))
        self.assertEqual(code.count(" UNION ALL ") + 1, len(places))
        for name, (model, link, domain) in counters.items():
            found = contract.env[model].search_count([(link, "=", contract.id), *domain])
            self.assertEqual(contract[name], found, name)

    def test_expiring_documents_are_counted(self):
        contract = self._create_active_contract()
        self.assertEqual(contract.document_alert_count, 0)
        policy = contract.contractor_id.outsourcing_compliance_ids.filtered(
            lambda document: document.type_id in contract.required_document_type_ids and document.has_expiry
        )[:1]
        days = policy.type_id.warn_days
        today = fields.Date.today()
        self.env.cr.execute(
            "UPDATE outsourcing_document SET date_end = %s, date_warn = %s WHERE id = %s",
            (today + timedelta(days=days - 1), today - timedelta(days=1), policy.id),
        )
        self.env.invalidate_all()
        self.assertEqual(contract.document_alert_count, 1)
        domain = contract.action_view_document_alerts()["domain"]
        self.assertEqual(self.env["outsourcing.document"].search(domain), policy)

    def test_rows_of_a_draft_being_edited_add_up(self):
        contract = self._create_contract()
        row = Command.create({"name": "A", "amount": 5.0})
        draft = contract.new({"milestone_ids": [row]}, origin=contract)
        self.assertEqual(draft.amount_rows, 144005.0)

    def test_kanban_costs_the_same_for_one_and_for_thirty(self):
        contracts = self._create_contract()
        for _index in range(29):
            contracts |= self._create_contract()
        contracts._gated().write({"state": "active"})
        self.env.flush_all()
        counts = []
        for records in (contracts[:1], contracts[:1], contracts):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            records.with_user(self.user_manager).read(KANBAN_FIELDS)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[1], counts[2], "queries for 1 and for 30 contracts")

    # ---- print ------------------------------------------------------------------------------------------

    def test_amount_is_written_in_capitals_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.contractor.property_purchase_currency_id = self.env.ref("base.CNY")
        contract = self._create_contract(currency_id=self.env.ref("base.CNY").id)
        words = contract.with_context(lang="zh_CN")._get_amount_in_words()
        self.assertEqual(words, "人民币壹拾肆万肆仟元整")

    def test_printed_contract_has_parties_amounts_and_blocks(self):
        self.contractor.vat = "91440101MA5CKA1X4Y"
        contract = self._create_works_contract()
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        html, _kind = report._render_qweb_html(
            "property_outsourcing.report_outsourcing_contract_document", contract.ids
        )
        text = html.decode()
        for part in (
            contract.name,
            "91440101MA5CKA1X4Y",
            "Tiling",
            contract.rule_ids[0].name,
            contract.duty_ids[0].name,
            contract.standard_ids[0].code,
            "Party B (seal)",
        ):
            self.assertIn(part, text)

    def test_long_contracts_are_printed_by_community(self):
        contract = self._create_contract(date_start=date(2022, 1, 1), date_end=date(2026, 12, 31))
        self.assertEqual(len(contract.milestone_ids), 60)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "property_outsourcing.report_outsourcing_contract_document", contract.ids
        )
        self.assertNotIn(contract.milestone_ids[30].name + "</td>", html.decode())
