from . import (
    test_chinese_amount,
    test_contract_progress,
    test_fapiao,
    test_finance_accounts,
    test_rollup_take_back,
    test_settlement_access,
    test_settlement_advance,
    test_settlement_amounts,
    test_settlement_bill_guard,
    test_settlement_concurrency,
    test_settlement_duties,
    test_settlement_lines,
    test_settlement_payment,
    test_settlement_performance,
    test_settlement_statement,
    test_settlement_views,
)
from . import test_settlement_bill_posted
