from . import (
    test_change_kind,
    test_contractor_blocker,
    test_portal_section,
    test_settlement_line_kind,
    test_settlement_page,
)
