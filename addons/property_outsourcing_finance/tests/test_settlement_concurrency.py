from psycopg2.errors import ForeignKeyViolation, LockNotAvailable, UniqueViolation

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementTwice(SettlementCommon):
    @mute_logger("odoo.sql_db")
    def test_the_same_slice_is_refused_by_the_database(self):
        contract = self._create_service()
        settlement = self._settle(contract.milestone_ids[0])
        line = settlement.line_ids
        vals = line.copy_data({"settlement_id": settlement.id, "source_key": line.source_key})[0]
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.env["outsourcing.settlement.line"]._gated().create(vals)
        settlement._step_back("cancelled", "wrong")
        self.assertEqual(self._settle(contract.milestone_ids[0]).amount_payable, 12000.0)

    @mute_logger("odoo.sql_db")
    def test_the_same_deduction_is_refused_by_the_database(self):
        contract = self._create_service(months=2)
        self._deduct(contract)
        one = self._settle(contract.milestone_ids[0])
        line = one.line_ids.filtered("adjustment_id")
        other = self._settle(contract.milestone_ids[1])
        self.assertFalse(other.line_ids.filtered("adjustment_id"))
        vals = line.copy_data({"settlement_id": other.id, "source_key": line.source_key})[0]
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.env["outsourcing.settlement.line"]._gated().create(vals)

    @mute_logger("odoo.sql_db")
    def test_a_second_session_waits_for_the_first(self):
        """A real second connection that settles the same slice is held until the first one has decided."""
        contract = self._create_service()
        line = self._settle(contract.milestone_ids[0]).line_ids
        line.flush_recordset()
        # the other session does not see our rows; only the key is checked before the foreign key is
        for key, outcome in ((line.source_key, LockNotAvailable), ("milestone:0:1", ForeignKeyViolation)):
            with self.subTest(key=key), self.registry.cursor() as other:
                other.execute("SET LOCAL lock_timeout = '300ms'")
                with self.assertRaises(outcome):
                    other.execute(
                        SQL(
                            "INSERT INTO outsourcing_settlement_line"
                            " (settlement_id, kind, name, source_key, is_active)"
                            " VALUES (%s, 'milestone', 'x', %s, TRUE)",
                            line.settlement_id.id,
                            key,
                        )
                    )
                other.rollback()
