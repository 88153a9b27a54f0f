from odoo import fields

from .jobs_money import MoneyJobs
from .jobs_quality import QualityJobs
from .jobs_site import SiteJobs

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
BASE, SITE = "property_outsourcing", "property_outsourcing_site"
ACCEPTANCE = "property_outsourcing_acceptance"
FINANCE = "property_outsourcing_finance"
TENDER = "property_outsourcing_tender"
PORTAL = "property_outsourcing_portal"
COMPLAINT = "property_outsourcing_complaint"
EVALUATION = "property_outsourcing_evaluation"
AMENDMENT, REPAIRS = "property_outsourcing_amendment", "property_outsourcing_repairs"


class JobsCommon(QualityJobs, MoneyJobs, SiteJobs):
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

    def _run(self, xmlid):
        """Run the job as the scheduler would, in the transaction of the test."""
        cron = self.env.ref(xmlid)
        model = self.env[cron.model_id.model].with_user(self.env.ref("base.user_root"))
        getattr(model, cron.code.split(".")[-1].strip("()"))()
        self.env.flush_all()
