from psycopg2.errors import UniqueViolation

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestFapiao(SettlementCommon):
    def _create_bill(self, number, **vals):
        return (
            self.env["account.move"]
            .with_user(self.user_finance)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.contractor.id,
                    "outsourcing_fapiao_number": number,
                    **vals,
                }
            )
        )

    def test_formats(self):
        for number in ("24312000000012345678", "044031900111-12345678", "3100194130-12345678", False, ""):
            self._create_bill(number)
        for number in (
            "1234567",
            "12345678",
            "2431200000001234567",
            "０４４０３１９００１１１-12345678",
            "04403190011112345678x",
        ):
            with (
                self.subTest(number=number),
                self.assertRefused("is not a fapiao number: enter 20 digits, or the code and the number of"),
            ):
                self._create_bill(number)

    def test_an_older_number_is_the_same_with_and_without_its_hyphen(self):
        bill = self._create_bill("0440 3190 0111 12345678")
        self.assertEqual(bill.outsourcing_fapiao_number, "044031900111-12345678")
        bill.outsourcing_fapiao_number = "14403190011112345678"
        self.assertEqual(bill.outsourcing_fapiao_number, "144031900111-12345678")

    def _post_a_bill_of_before(self, number):
        """Post a bill whose number was spelled as it was before the hyphen was asked for."""
        settlement = self._approve(self._settle(self._create_works().milestone_ids[0]))
        settlement.with_user(self.user_finance2).action_create_bill()
        bill = settlement.bill_id.with_user(self.user_finance2)
        bill.action_post()
        bill.flush_recordset()
        self.cr.execute(
            "UPDATE account_move SET outsourcing_fapiao_number = %s WHERE id = %s", [number, bill.id]
        )
        return bill

    def _update(self):
        path = file_path("property_outsourcing_finance/migrations/19.0.1.3.3/post-fapiao-numbers.py")
        load_script(path, "odoo.upgrade.fapiao_numbers").migrate(self.cr, "19.0.1.3.2")
        self.env.invalidate_all()

    def test_a_bill_with_an_older_number_is_reset_and_posted_again(self):
        bill = self._post_a_bill_of_before("04403190011112345678")
        self._update()
        bill.button_draft()
        bill.action_post()
        self.assertEqual(bill.outsourcing_fapiao_number, "044031900111-12345678")

    def test_an_older_number_that_stands_there_in_both_spellings_stays(self):
        bill = self._post_a_bill_of_before("04403190011112345678")
        self._create_bill("044031900111-12345678")
        self._update()
        self.assertEqual(bill.outsourcing_fapiao_number, "04403190011112345678")

    @mute_logger("odoo.sql_db")
    def test_the_same_fapiao_is_not_paid_twice(self):
        first = self._create_bill("24312000000012345678")
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._create_bill("24312000000012345678")
        first.button_cancel()
        first.flush_recordset()
        self._create_bill("24312000000012345678")

    def test_the_note_of_a_new_bill_says_that_its_fapiao_is_missing(self):
        settlement = self._approve(self._settle(self._create_works().milestone_ids[0]))
        told = {"tracking_disable": False, "mail_create_nolog": False}  # as anybody works
        settlement.with_user(self.user_finance2).with_context(**told).action_create_bill()
        bill = settlement.bill_id
        bill.with_user(self.user_finance2).action_post()
        [note] = bill.message_ids
        self.assertIn("Made from the settlement", note.body)
        self.assertIn("fapiao is missing", note.body)
