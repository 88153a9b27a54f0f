"""Which fields of a work order are whose."""

# other users of Odoo Project know nothing of holds, quantities and evidence
READERS = (
    "property_outsourcing.group_outsourcing_user,property_outsourcing.group_outsourcing_finance,"
    "base.group_portal"
)
ORDER_KINDS = [
    ("planned", "Planned work"),
    ("corrective", "Corrective"),
    ("complaint", "Complaint"),
    ("rectification", "Rectification"),
    ("emergency", "Emergency"),
]
REPORTS = ("outsourcing_date_responded", "outsourcing_date_arrived", "outsourcing_date_completed")
# what is known of the reports since the clock last started
CORRECTED = ("outsourcing_reports", "outsourcing_date_arrived_first", "outsourcing_arrival_reason")
# what the workflow and the clock write; no client does
STAMPS = (
    *REPORTS,
    "outsourcing_date_entered",
    "outsourcing_date_clock",
    "outsourcing_sla_response_deadline",
    "outsourcing_sla_arrival_deadline",
    "outsourcing_sla_completion_deadline",
    "outsourcing_next_deadline",
    "outsourcing_sla_state",
    "outsourcing_sla_rank",
    "outsourcing_breach_count",
    "outsourcing_missed_limits",
    "outsourcing_hold_ids",
    "outsourcing_hold_id",
    "outsourcing_hold_reason_id",
    "outsourcing_date_paused",
    "outsourcing_has_hold_request",
    "outsourcing_date_closed",
    "outsourcing_close_reason",
    "outsourcing_date_reopened",
    "outsourcing_reopen_count",
    "outsourcing_reopen_reason",
    "outsourcing_hours_before",
    "outsourcing_forecast_finish",
    "outsourcing_delay_days",
    "outsourcing_delay_cause",
    "outsourcing_blocking_id",
    "outsourcing_repair_hours",
    "outsourcing_cause",
    "outsourcing_remedy",
    "outsourcing_parts",
    *CORRECTED,
)
# whose an order is follows from its contract
OWNERS = {"company_id", "partner_id"}
# what an order is about stays as it was once the work is reported done
SUBJECT = {"name", "description", "outsourcing_equipment_id", "outsourcing_location_id"}
# what decides about the deadlines; after the first report or breach it is for a manager to change
CLOCK_INPUTS = {
    "date_deadline",
    "outsourcing_priority",
    "outsourcing_kind",
    "outsourcing_date_requested",
    "outsourcing_planned_start",
    "outsourcing_planned_finish",
}
# a change of one of these moves a deadline or the SLA state
SLA_INPUTS = {
    *CLOCK_INPUTS,
    *REPORTS,
    "outsourcing_date_entered",
    "state",
    "outsourcing_contract_id",
    "outsourcing_date_reopened",
    "outsourcing_date_closed",
    "outsourcing_date_paused",
}
# a change of one of these moves a forecast
SCHEDULE_INPUTS = {
    "depend_on_ids",
    "state",
    "outsourcing_planned_start",
    "outsourcing_planned_finish",
    "outsourcing_progress",
    "outsourcing_date_arrived",
    "outsourcing_date_completed",
    "outsourcing_date_closed",
    "outsourcing_date_paused",
}
