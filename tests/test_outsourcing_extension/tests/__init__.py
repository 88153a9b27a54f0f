from . import (
    test_change_kind,
    test_contractor_blocker,
    test_extending,
    test_fact_type,
    test_job,
    test_order_step,
    test_portal_section,
    test_scan_target,
    test_settlement_line_kind,
    test_settlement_page,
    test_stamped_field,
)
