from datetime import datetime, time, timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.evidence.gate import open_evidence
from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.evidence_common import make_photo

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
BASE, SITE = "property_outsourcing", "property_outsourcing_site"
ACCEPTANCE = "property_outsourcing_acceptance"
FINANCE = "property_outsourcing_finance"
TENDER = "property_outsourcing_tender"
PORTAL = "property_outsourcing_portal"
COMPLAINT = "property_outsourcing_complaint"
EVALUATION = "property_outsourcing_evaluation"
AMENDMENT, REPAIRS = "property_outsourcing_amendment", "property_outsourcing_repairs"


class JobsCommon(OutsourcingCommon):
    """Any number of contracts, each with one record that is due for each scheduled job."""

    # scheduled job -> the factory of what is due for it
    JOBS = {
        f"{BASE}.cron_update_sla_states": "_make_late_orders",
        f"{BASE}.cron_update_schedule": "_make_planned_orders",
        f"{BASE}.cron_grant_unanswered_holds": "_make_hold_requests",
        f"{BASE}.cron_watch_contract_terms": "_make_expiring_contracts",
        f"{BASE}.ir_cron_outsourcing_announce_expiring_bonds": "_make_expiring_bonds",
        f"{BASE}.cron_remind_deliverables": "_make_due_deliverables",
        f"{BASE}.cron_record_late_deliverables": "_make_late_deliverables",
        f"{BASE}.ir_cron_outsourcing_end_suspensions": "_make_suspended_firms",
        f"{BASE}.ir_cron_outsourcing_remind_expiry": "_make_expiring_documents",
        f"{BASE}.ir_cron_outsourcing_record_expired": "_make_expired_documents",
        f"{BASE}.cron_grant_unanswered_appeals": "_make_appeals",
        f"{BASE}.cron_drop_undecided_proposals": "_make_undecided_proposals",
        f"{AMENDMENT}.cron_amendments": "_make_unsigned_amendments",
        f"{AMENDMENT}.cron_unanswered_variations": "_make_unanswered_variations",
        f"{BASE}.ir_cron_outsourcing_evidence_seal": "_make_unsealed_chains",
        f"{BASE}.ir_cron_outsourcing_evidence_verify": "_make_unverified_chains",
        f"{REPAIRS}.cron_unanswered_reports": "_make_unanswered_reports",
        f"{REPAIRS}.cron_grant_disputes": "_make_unanswered_disputes",
        f"{REPAIRS}.cron_roll_up": "_make_frameworks_to_roll_up",
        f"{SITE}.cron_generate_inspections": "_make_plans",
        f"{SITE}.cron_mark_missed": "_make_missed_inspections",
        f"{SITE}.cron_review_lapsed": "_make_unreviewed_logs",
        f"{SITE}.cron_record_logs": "_make_contracts_with_logs",
        f"{SITE}.cron_record_overdue": "_make_overdue_defects",
        f"{ACCEPTANCE}.cron_create_month_sheets": "_make_ended_periods",
        f"{ACCEPTANCE}.cron_acceptance_deadlines": "_make_late_acceptances",
        f"{ACCEPTANCE}.cron_concealed_no_shows": "_make_no_shows",
        f"{FINANCE}.cron_announce_retention": "_make_due_retentions",
        f"{FINANCE}.cron_statement_silence": "_make_silent_statements",
        f"{FINANCE}.cron_unanswered_applications": "_make_unanswered_applications",
        f"{PORTAL}.cron_send_notices": "_make_waiting_notices",
        f"{TENDER}.cron_openings": "_make_tenders_to_open",
        f"{TENDER}.cron_return_bonds": "_make_bonds_to_return",
        f"{COMPLAINT}.cron_close_silent": "_make_silent_complaints",
        f"{COMPLAINT}.cron_erase": "_make_old_complaints",
        f"{COMPLAINT}.cron_draw": "_make_undrawn_months",
        f"{EVALUATION}.cron_evaluations_draw_up": "_make_worked_quarters",
        f"{EVALUATION}.cron_evaluations_close": "_make_silent_previews",
        f"{EVALUATION}.cron_surveys_count": "_make_ended_surveys",
        f"{EVALUATION}.cron_awards_propose": "_make_best_firms",
        f"{EVALUATION}.cron_cards_propose": "_make_failing_firms",
        f"{EVALUATION}.cron_cards_follow": "_make_ended_cards",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(su=True, context={**cls.env.context, **QUIET})
        cls.today = fields.Date.today()
        cls.company.outsourcing_deputy_id = cls.user_manager2

    # ---- contracts --------------------------------------------------------------------------------------

    @classmethod
    def _make_contracts(cls, count, service="service_type_elevator", **vals):
        """Return running contracts without rows; each has a firm and a community of its own."""
        firms = cls.env["res.partner"].create(
            [
                {"name": f"Firm {n}", "is_company": True, "outsourcing_state": "candidate"}
                for n in range(count)
            ]
        )
        open_gate(firms).write({"outsourcing_state": "qualified"})
        communities = cls.env["outsourcing.community"].create(
            [
                {
                    "name": f"Community {n}",
                    "area_id": cls.area.id,
                    "manager_id": cls.user_manager.id,
                    "supervisor_ids": [Command.set(cls.user_supervisor.ids)],
                }
                for n in range(count)
            ]
        )
        values = {
            "date_start": cls.today - timedelta(days=200),
            "date_end": cls.today + timedelta(days=200),
            **vals,
        }
        contracts = cls.env["outsourcing.contract"].create(
            [
                {
                    **cls._prepare_contract(service, **values),
                    "contractor_id": firm.id,
                    "community_id": community.id,
                }
                for firm, community in zip(firms, communities, strict=True)
            ]
        )
        project = cls.env["project.project"].create({"name": "Jobs", "company_id": cls.company.id})
        open_gate(contracts).write({"state": "active", "project_id": project.id})
        return contracts

    @classmethod
    def _make_rows(cls, contracts, **vals):
        return open_gate(cls.env["outsourcing.contract.milestone"]).create(
            [
                {"contract_id": contract.id, "name": "Row", "kind": "milestone", "amount": 1000.0, **vals}
                for contract in contracts
            ]
        )

    # ---- contracts and what they owe --------------------------------------------------------------------

    @classmethod
    def _make_expiring_contracts(cls, count):
        contracts = cls._make_contracts(count)
        open_gate(contracts).write({"date_end": cls.today + timedelta(days=20)})
        return contracts

    @classmethod
    def _make_expiring_bonds(cls, count):
        contracts = cls._make_contracts(count, bond_kind="guarantee", bond_amount=100.0)
        open_gate(contracts).write(
            {
                "bond_date_received": cls.today - timedelta(days=100),
                "bond_date_valid": cls.today + timedelta(days=5),
            }
        )
        return contracts

    @classmethod
    def _make_deliverables(cls, count, due):
        items = open_gate(cls.env["outsourcing.contract.deliverable"]).create(
            [
                {"contract_id": contract.id, "name": "Test report", "date_due": due}
                for contract in cls._make_contracts(count)
            ]
        )
        cls._age(items)
        return items

    @classmethod
    def _make_waiting_notices(cls, count):
        return open_gate(cls.env["outsourcing.notice"]).create(
            [
                {
                    "company_id": contract.company_id.id,
                    "partner_id": contract.contractor_id.id,
                    "section": "contracts",
                    "res_model": contract._name,
                    "res_id": contract.id,
                    "sentence": "Please call",
                    "channel": "sms",
                    "once_key": f"waiting:{contract.id}",
                }
                for contract in cls._make_contracts(count)
            ]
        )

    @classmethod
    def _make_due_deliverables(cls, count):
        return cls._make_deliverables(count, cls.today + timedelta(days=1))

    @classmethod
    def _make_late_deliverables(cls, count):
        return cls._make_deliverables(count, cls.today - timedelta(days=3))

    @classmethod
    def _make_suspended_firms(cls, count):
        firms = cls._make_contracts(count).contractor_id
        open_gate(firms).write(
            {
                "outsourcing_state": "suspended",
                "outsourcing_state_until": cls.today - timedelta(days=1),
            }
        )
        return firms

    @classmethod
    def _make_expiring_documents(cls, count):
        kind = cls.env.ref("property_outsourcing.document_type_business_license")
        documents = cls.env["outsourcing.document"]
        for contract in cls._make_contracts(count):
            documents |= cls._create_document(
                kind, contract.contractor_id, verified=False, date_end=cls.today + timedelta(days=5)
            )
        open_gate(documents).write({"verified_by_id": cls.user_manager.id, "date_verified": cls.today})
        return documents

    @classmethod
    def _make_expired_documents(cls, count):
        documents = cls._make_expiring_documents(count)
        day = cls.today - timedelta(days=2)
        open_gate(documents).write({"date_end": day, "date_verified": day - timedelta(days=30)})
        return documents

    @classmethod
    def _make_undecided_proposals(cls, count):
        proposals = cls._make_appeals(count)
        open_gate(proposals).write({"state": "proposed"})
        cls.company.outsourcing_proposal_days = 7
        proposals.flush_recordset()
        cls.env.cr.execute(
            "UPDATE outsourcing_adjustment SET create_date = %s WHERE id IN %s",
            [cls.today - timedelta(days=365), tuple(proposals.ids)],
        )
        proposals.invalidate_recordset()
        return proposals

    @classmethod
    def _make_appeals(cls, count):
        contracts = cls._make_contracts(count)
        rules = open_gate(cls.env["outsourcing.contract.rule"]).create(
            [
                {
                    "contract_id": contract.id,
                    "name": "Clause",
                    "trigger": "manual",
                    "basis": "fixed",
                    "amount": 100.0,
                }
                for contract in contracts
            ]
        )
        appeals = open_gate(cls.env["outsourcing.adjustment"]).create(
            [
                {
                    "contract_id": rule.contract_id.id,
                    "rule_id": rule.id,
                    "basis": "fixed",
                    "fixed_amount": 100.0,
                    "amount": 100.0,
                    "uncapped_amount": 100.0,
                }
                for rule in rules
            ]
        )
        open_gate(appeals).write({"state": "appealed", "answer_deadline": cls.today - timedelta(days=1)})
        return appeals

    # ---- changes ----------------------------------------------------------------------------------------

    @classmethod
    def _make_unsigned_amendments(cls, count):
        amendments = cls.env["outsourcing.contract.amendment"].create(
            [
                {
                    "title": "Change",
                    "contract_id": contract.id,
                    "reason": "Agreed",
                    "date_effective": cls.today,
                }
                for contract in cls._make_contracts(count)
            ]
        )
        open_gate(amendments).write({"state": "to_sign", "date_sign_due": cls.today - timedelta(days=1)})
        return amendments

    @classmethod
    def _make_unanswered_variations(cls, count):
        variations = cls.env["outsourcing.variation"].create(
            [
                {"title": "Hollow tiles", "reason": "Found", "contract_id": contract.id}
                for contract in cls._make_contracts(count, "service_type_facade")
            ]
        )
        open_gate(variations).write({"state": "submitted", "date_answer_due": cls.today - timedelta(days=1)})
        return variations

    # ---- work orders ------------------------------------------------------------------------------------

    @classmethod
    def _make_orders(cls, contracts, **vals):
        return open_gate(cls.env["project.task"]).create(
            [
                {
                    "name": "Door does not close",
                    "outsourcing_contract_id": contract.id,
                    "outsourcing_community_id": contract.community_id.id,
                    "project_id": contract.project_id.id,
                    "user_ids": False,
                    **vals,
                }
                for contract in contracts
            ]
        )

    @classmethod
    def _make_late_orders(cls, count):
        contracts = cls._make_contracts(count)
        open_gate(contracts)._load_presets()
        orders = cls._make_orders(contracts, outsourcing_priority="p1", outsourcing_kind="planned")
        moment = fields.Datetime.now() - timedelta(days=2)
        orders.flush_recordset()
        cls.env.cr.execute(
            "UPDATE project_task SET outsourcing_sla_response_deadline = %s WHERE id IN %s",
            [moment, tuple(orders.ids)],
        )
        orders.invalidate_recordset()
        return orders

    @classmethod
    def _make_planned_orders(cls, count):
        now = fields.Datetime.now()
        orders = cls._make_orders(
            cls._make_contracts(count),
            outsourcing_kind="planned",
            outsourcing_planned_start=now - timedelta(days=3),
            outsourcing_planned_finish=now - timedelta(days=1),
        )
        orders.flush_recordset()
        cls.env.cr.execute(
            "UPDATE project_task SET outsourcing_delay_days = 0 WHERE id IN %s", [tuple(orders.ids)]
        )
        orders.invalidate_recordset()
        return orders

    @classmethod
    def _make_hold_requests(cls, count):
        orders = cls._make_orders(cls._make_contracts(count))
        reason = cls.env.ref("property_outsourcing.hold_reason_owner")
        holds = orders._create_holds(reason, "Nobody opens", "requested")
        orders._apply_holds()
        open_gate(holds).write({"date_from": fields.Datetime.now() - timedelta(days=3)})
        return holds.with_env(cls.env)

    @classmethod
    def _make_unanswered_reports(cls, count):
        orders = cls._make_orders(cls._make_contracts(count, "service_type_repairs", amount_total=10000.0))
        open_gate(orders).write(
            {
                "outsourcing_measure_state": "reported",
                "outsourcing_date_answer_due": cls.today - timedelta(days=1),
            }
        )
        return orders.with_env(cls.env)

    @classmethod
    def _make_unanswered_disputes(cls, count):
        orders = cls._make_orders(cls._make_contracts(count, "service_type_repairs", amount_total=10000.0))
        open_gate(orders).write(
            {
                "outsourcing_measure_state": "accepted",
                "outsourcing_dispute_state": "disputed",
                "outsourcing_dispute_answer_due": cls.today - timedelta(days=1),
            }
        )
        return orders.with_env(cls.env)

    @classmethod
    def _make_frameworks_to_roll_up(cls, count):
        contracts = cls._make_contracts(count, "service_type_repairs", amount_total=10000.0)
        orders = open_gate(cls.env["purchase.order"]).create(
            [{"partner_id": contract.contractor_id.id} for contract in contracts]
        )
        for contract, order in zip(contracts, orders, strict=True):
            open_gate(contract).write({"purchase_order_id": order.id})
        tasks = cls._make_orders(contracts)
        open_gate(tasks).write(
            {
                "outsourcing_measure_state": "accepted",
                "outsourcing_date_accepted": cls.today.replace(day=1) - timedelta(days=3),
            }
        )
        cls.company.outsourcing_rollup_day = 1
        return contracts

    # ---- evidence ---------------------------------------------------------------------------------------

    @classmethod
    def _make_unsealed_chains(cls, count):
        chains = cls.env["outsourcing.evidence.chain"]
        for contract in cls._make_contracts(count):
            contract._add_evidence([(f"{contract.id}.jpg", cls._photo(contract.id))])
            chains |= chains._get_or_create(contract, cls.company)
        open_evidence(chains.evidence_ids).write({"sealed": False})
        return chains.sudo(False)

    @classmethod
    def _make_unverified_chains(cls, count):
        chains = cls._make_unsealed_chains(count)
        chains._seal()
        return chains

    @classmethod
    def _photo(cls, seed):
        return make_photo(color=(seed * 37 % 256, seed * 91 % 256, seed * 53 % 256))

    # ---- on site ----------------------------------------------------------------------------------------

    @classmethod
    def _make_plans(cls, count):
        checklist = cls.env.ref("property_outsourcing_site.checklist_elevator_daily")
        plans = cls.env["outsourcing.inspection.plan"].create(
            [
                {
                    "contract_id": contract.id,
                    "kind": "patrol",
                    "party": "contractor",
                    "checklist_id": checklist.id,
                    "frequency": "month",
                }
                for contract in cls._make_contracts(count)
            ]
        )
        return plans

    @classmethod
    def _make_missed_inspections(cls, count):
        checklist = cls.env.ref("property_outsourcing_site.checklist_elevator_daily")
        inspections = cls.env["outsourcing.inspection"].create(
            [
                {
                    "contract_id": contract.id,
                    "kind": "patrol",
                    "checklist_id": checklist.id,
                    "date_planned": cls.today - timedelta(days=3),
                }
                for contract in cls._make_contracts(count)
            ]
        )
        cls._age(inspections)
        return inspections

    @classmethod
    def _make_unreviewed_logs(cls, count):
        logs = cls.env["outsourcing.site.log"].create(
            [
                {"contract_id": contract.id, "content": "Greased the guide rails"}
                for contract in cls._make_contracts(count)
            ]
        )
        open_gate(logs).write({"state": "submitted", "date_review_due": cls.today - timedelta(days=1)})
        return logs

    @classmethod
    def _make_contracts_with_logs(cls, count):
        contracts = cls._make_contracts(count)
        contracts._gated().write(
            {"log_frequency": "daily", "date_logs_judged": cls.today - timedelta(days=10)}
        )
        return contracts

    @classmethod
    def _make_overdue_defects(cls, count):
        defects = cls.env["outsourcing.defect"].create(
            [
                {
                    "contract_id": contract.id,
                    "description": "Car light broken",
                    "date_found": cls.today - timedelta(days=5),
                }
                for contract in cls._make_contracts(count)
            ]
        )
        open_gate(defects).write({"state": "assigned", "date_deadline": cls.today - timedelta(days=1)})
        return defects

    # ---- acceptance -------------------------------------------------------------------------------------

    @classmethod
    def _make_ended_periods(cls, count):
        return cls._make_rows(
            cls._make_contracts(count),
            kind="period",
            date_start=cls.today - timedelta(days=40),
            date_end=cls.today - timedelta(days=10),
        ).with_env(cls.env)

    @classmethod
    def _make_late_acceptances(cls, count):
        rows = cls._make_rows(cls._make_contracts(count, "service_type_facade"))
        acceptances = cls.env["outsourcing.acceptance"].create([{"milestone_id": row.id} for row in rows])
        open_gate(acceptances).write(
            {"state": "property_check", "date_deadline": cls.today - timedelta(days=1)}
        )
        return acceptances

    @classmethod
    def _make_no_shows(cls, count):
        rows = cls._make_rows(cls._make_contracts(count, "service_type_facade"))
        planned = datetime.combine(cls.today - timedelta(days=9), time(3))
        works = cls.env["outsourcing.concealed.work"].create(
            [{"title": "Bedding", "milestone_id": row.id, "planned_date": planned} for row in rows]
        )
        open_gate(works).write({"state": "notified"})
        return works

    # ---- finance ----------------------------------------------------------------------------------------

    @classmethod
    def _make_due_retentions(cls, count):
        contracts = cls._make_contracts(count, "service_type_facade")
        settlements = open_gate(cls.env["outsourcing.settlement"]).create(
            [{"contract_id": contract.id} for contract in contracts]
        )
        lines = open_gate(cls.env["outsourcing.settlement.line"]).create(
            [
                {
                    "settlement_id": settlement.id,
                    "kind": "retention",
                    "name": "Retention",
                    "price_unit": -30.0,
                }
                for settlement in settlements
            ]
        )
        cls.env.flush_all()
        open_gate(lines).write({"amount_withheld": 30.0, "date_due": cls.today + timedelta(days=5)})
        return contracts

    @classmethod
    def _make_silent_statements(cls, count):
        """Return settlements the contractors have not answered within their days; a manager decides."""
        cls.company.outsourcing_statement_silence = "manager"
        settlements = open_gate(cls.env["outsourcing.settlement"]).create(
            [{"contract_id": contract.id} for contract in cls._make_contracts(count)]
        )
        day = fields.Datetime.now() - timedelta(days=40)
        vals = {"state": "submitted", "statement_state": "waiting", "date_submitted": day}
        open_gate(settlements).write(vals)
        return settlements

    @classmethod
    def _make_unanswered_applications(cls, count):
        day = cls.today - timedelta(days=40)
        return open_gate(cls.env["outsourcing.payment.application"]).create(
            [{"contract_id": contract.id, "date": day} for contract in cls._make_contracts(count)]
        )

    # ---- tenders ----------------------------------------------------------------------------------------

    @classmethod
    def _make_tenders_to_open(cls, count):
        past = fields.Datetime.now() - timedelta(hours=1)
        tenders = cls.env["outsourcing.tender"].create(
            [
                {
                    "title": f"Tender {n}",
                    "service_type_id": cls.service_elevator.id,
                    "community_ids": [Command.set(cls.community.ids)],
                    "company_id": cls.company.id,
                    "manager_id": cls.user_manager.id,
                    "way_id": cls.env.ref(f"{TENDER}.way_quotes").id,
                }
                for n in range(count)
            ]
        )
        open_gate(tenders).write({"state": "published", "date_deadline": past, "date_opening": past})
        return tenders

    @classmethod
    def _make_bonds_to_return(cls, count):
        tenders = cls._make_tenders_to_open(count)
        lots = cls.env["outsourcing.tender.lot"]._gated()
        lots = lots.create([{"tender_id": tender.id, "name": "Lot"} for tender in tenders])
        today = fields.Date.today()
        vals = {"bond_kind": "cash", "bond_amount": 100.0, "date_given": today, "bond_date_received": today}
        vals |= {"contractor_id": cls.contractor.id, "state": "received", "date_return_due": today}
        bonds = open_gate(cls.env["outsourcing.bid.bond"])
        return bonds.create([{**vals, "lot_id": lot.id} for lot in lots])

    # ---- complaints -------------------------------------------------------------------------------------

    @classmethod
    def _make_complaints(cls, count, **vals):
        contracts = cls._make_contracts(count)
        complaints = cls.env["outsourcing.complaint"].create(
            [
                {
                    "description": f"Complaint {number}",
                    "community_id": contract.community_id.id,
                    "reporter_ids": [Command.create({"name": "Ms Wang", "phone": "13912345678"})],
                }
                for number, contract in enumerate(contracts)
            ]
        )
        for complaint, contract in zip(complaints, contracts, strict=True):
            open_gate(complaint).write({**vals, "contract_id": contract.id})
        return complaints

    @classmethod
    def _make_silent_complaints(cls, count):
        past = fields.Datetime.now() - timedelta(days=1)
        return cls._make_complaints(count, state="done", date_done=past, date_silence_due=past)

    @classmethod
    def _make_old_complaints(cls, count):
        past = fields.Datetime.now() - timedelta(days=800)
        return cls._make_complaints(count, state="closed", date_closed=past)

    @classmethod
    def _make_undrawn_months(cls, count):
        past = fields.Datetime.now() - timedelta(days=40)
        complaints = cls._make_complaints(count, state="confirmed", date_confirmed=past, confirmed_by="desk")
        return open_gate(cls.env["outsourcing.complaint.draw"]).create(
            [
                {"community_id": complaint.community_id.id, "month": past.date().replace(day=1), "rate": 10}
                for complaint in complaints
            ]
        )

    # ---- evaluations ------------------------------------------------------------------------------------

    @classmethod
    def _make_worked_quarters(cls, count):
        """Return firms with a fact in the quarter before this one."""
        contracts = cls._make_contracts(count)
        day = cls.env["outsourcing.evaluation"]._get_last_quarter(cls.company)
        cls.env["outsourcing.fact"]._record(
            [
                {"fact_type": "order_limited", "source": contract, "contract": contract, "date": day}
                for contract in contracts
            ]
        )
        return contracts.contractor_id

    @classmethod
    def _make_silent_previews(cls, count):
        """Return previews whose days to appeal are over."""
        firms, evaluations = cls._make_worked_quarters(count), cls.env["outsourcing.evaluation"]
        previews = evaluations._draw_up(cls.company, evaluations._get_last_quarter(cls.company), firms)
        day = fields.Datetime.now() - timedelta(days=40)
        open_gate(previews).write({"state": "preview", "date_preview": day})
        return previews

    @classmethod
    def _make_ended_surveys(cls, count):
        """Return running satisfaction surveys whose last day has passed."""
        gardens = cls.env["outsourcing.community"].create([{"name": f"Asked {n}"} for n in range(count)])
        rows = [{"name": "101", "kind": "room", "community_id": garden.id} for garden in gardens]
        cls.env["outsourcing.location"].create(rows)
        rounds = cls.env["outsourcing.survey.round"]
        surveys = rounds.create([{"community_id": garden.id} for garden in gardens])
        surveys._issue_ballots()
        day = cls.today - timedelta(days=1)
        open_gate(surveys).write({"state": "running", "date_from": day, "date_to": day})
        return surveys

    @classmethod
    def _make_best_firms(cls, count):
        """Return firms with two quarters of the best grade in the last year."""
        contracts, year = cls._make_contracts(count), cls.today.year - 1
        evaluations = open_gate(cls.env["outsourcing.evaluation"]).create(
            [
                {
                    "company_id": cls.company.id,
                    "contractor_id": contract.contractor_id.id,
                    "service_type_id": contract.service_type_id.id,
                    "scorecard_id": cls.env.ref(f"{EVALUATION}.scorecard_elevator").id,
                    "date_from": f"{year}-{month:02}-01",
                    "date_to": f"{year}-{month + 2:02}-28",
                    "line_ids": [Command.create(cls._prepare_best_line())],
                    "state": "final",
                }
                for contract in contracts
                for month in (1, 4)
            ]
        )
        return evaluations.contractor_id

    @classmethod
    def _prepare_best_line(cls):
        return {"name": "All", "weight": 100.0, "method": "judged", "status": "rated", "points": 96.0}

    @classmethod
    def _make_failing_firms(cls, count):
        """Return firms that failed at two acceptances in a row."""
        contracts = cls._make_contracts(count)
        cls.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": "level_failed",
                    "source": contract,
                    "contract": contract,
                    "key": f"failed:{contract.id}:{number}",
                }
                for contract in contracts
                for number in range(2)
            ]
        )
        return contracts.contractor_id

    @classmethod
    def _make_ended_cards(cls, count):
        """Return red cards whose term is over."""
        cards = cls.env["outsourcing.card"]._propose(cls._make_failing_firms(count))
        vals = {"state": "issued", "color": "red", "date_issued": fields.Datetime.now()}
        open_gate(cards).write({**vals, "date_until": cls.today - timedelta(days=1)})
        return cards

    # ---- tools ------------------------------------------------------------------------------------------

    @classmethod
    def _age(cls, records):
        """Let the records have been there for a year."""
        open_gate(records).write({"date_born": cls.today - timedelta(days=365)})

    def _run(self, xmlid):
        """Run the job as the scheduler would, in the transaction of the test."""
        cron = self.env.ref(xmlid)
        model = self.env[cron.model_id.model].with_user(self.env.ref("base.user_root"))
        getattr(model, cron.code.split(".")[-1].strip("()"))()
        self.env.flush_all()
