from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestCompanySettings(OutsourcingCommon):
    """A number with which no deadline can be worked out is refused where it is typed."""

    def test_a_number_of_days_beyond_any_calendar_is_refused(self):
        for number in (36501, 2000000000, 10**12, -1, -(10**12)):
            with (
                self.subTest(number=number),
                self.assertRefused("a number between 0 and 36,500 is expected.", ValidationError),
            ):
                self.company.outsourcing_expiry_days = number
        for number in (0, 36500):
            self.company.outsourcing_expiry_days = number

    def test_a_new_company_is_asked_as_well(self):
        with self.assertRefused("a number between 0 and 36,500 is expected.", ValidationError):
            self.env["res.company"].create({"name": "Branch", "outsourcing_sign_days": 2000000000})
