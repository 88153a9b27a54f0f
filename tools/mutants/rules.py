"""The rules whose silent loss costs money, a deadline or a proof."""

BASE, FINANCE = "addons/property_outsourcing/models", "addons/property_outsourcing_finance/models"
TENDER = "addons/property_outsourcing_tender/models"
AMENDMENT = "addons/property_outsourcing_amendment/models"
EVALUATION = "addons/property_outsourcing_evaluation/models"
RULES = (
    *(f"{FINANCE}/settlement/settlement_{name}.py"
      for name in ("advance", "figures", "generation", "line_billing", "retention")),
    *(f"{BASE}/contract/contract_{name}.py"
      for name in ("milestone_acceptance", "milestone_pause", "retention", "fee_pause")),
    *(f"{BASE}/performance/{name}.py"
      for name in ("contract_rule_cap", "contract_penalty_cap", "outsourcing_contract_rule",
                   "adjustment_workflow", "adjustment_case", "adjustment_pending", "outsourcing_adjustment")),
    f"{BASE}/catalogue/outsourcing_rule_mixin.py",
    *(f"{BASE}/dispatch/{name}.py"
      for name in ("work_clock", "resource_calendar", "project_task_sla", "project_task_sla_state")),
    *(f"{BASE}/workflow/{name}.py"
      for name in ("trade_time", "gate", "outsourcing_guard_mixin", "outsourcing_workflow_mixin",
                   "core_guard")),
    *(f"{BASE}/evidence/{name}.py"
      for name in ("outsourcing_evidence", "evidence_sealing", "evidence_storing",
                   "outsourcing_evidence_chain", "outsourcing_evidence_mixin")),
    *(f"{BASE}/{name}.py"
      for name in ("contract/contract_bond", "funds/outsourcing_contract",
                   "funds/outsourcing_contract_fund_gate")),
    *(f"{FINANCE}/fapiao/{name}.py"
      for name in ("outsourcing_settlement", "fapiao_workflow", "outsourcing_fapiao", "fapiao_reversal")),
    *(f"{AMENDMENT}/amendment/{name}.py"
      for name in ("variation_price_deviation", "variation_late", "variation_workflow",
                   "outsourcing_variation")),
    *(f"{TENDER}/{name}.py"
      for name in ("award/price_points", "award/lot_ranking", "award/panelist_scoring", "award/bid_low_price",
                   "award/lot_award", "bid/tender_opening", "bid/bid_submission", "bid/bid_seal",
                   "seal/envelope", "seal/tender_keys", "bond/bond_counting", "bond/bond_return")),
    *(f"{EVALUATION}/{name}.py"
      for name in ("evaluation/evaluation_score", "card/card_schedule", "card/card_appeal",
                   "card/card_effects", "card/card_proposal")),
    "addons/property_outsourcing_complaint/models/complaint/complaint_clock.py",
)  # fmt: skip
