from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step


@tagged("post_install", "-at_install")
class TestManyNotices(DocumentsCommon, OutsourcingCommon):
    """Thirty notices are sent, given up and sent again for the price of one."""

    def test_notices_take_each_step_for_the_price_of_one(self):
        contract = self._create_active_contract()
        vals = {
            "company_id": contract.company_id.id,
            "partner_id": self.portal_contractor.partner_id.id,
            "section": "contracts",
            "res_model": contract._name,
            "res_id": contract.id,
            "sentence": "Please call",
            "channel": "sms",
        }
        rows = self.env["outsourcing.notice"]._gated()
        notices = rows.create([{**vals, "once_key": f"many:{n}"} for n in range(self.MANY + 2)])
        self._take_steps(
            notices.with_env(self.env),
            Step("outsourcing.notice._process_claim"),
            Step("outsourcing.notice._process_lost"),
            Step("outsourcing.notice.action_send_again", self.user_manager),
            Step("outsourcing.notice._process_sending", args=({},)),
        )
        self.assertEqual(set(notices.mapped("state")), {"unknown"})
