from odoo.tests import tagged

from ..hooks import DOCUMENTS, uninstall_hook
from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestTenderUninstall(TenderCommon):
    """Nothing of a tender holds on to what goes with the add-on; contracts stay."""

    def _get_left_rows(self):
        return [name for name in DOCUMENTS if self.env[name].sudo().search_count([])]

    def test_all_documents_and_their_files_go_and_contracts_stay(self):
        tender = self._award(self._create_opened())
        with self._after_deadline(tender):
            tender.sudo()._gated().date_publicity_end = False
            tender.lot_ids.action_draft_contract()
        contract = tender.sudo().lot_ids.contract_id
        panel = self._publish(self._create_tender())
        self._submit_bids(panel)
        registered = self.env["outsourcing.registration"]._take(
            panel.sudo(),
            {
                "name": "New Firm",
                "vat": "91440300MA5NEWFIRM",
                "contact_name": "Lin",
                "phone": "13900000001",
                "note": "",
            },
            [("licence.pdf", b"%PDF-1.4")],
            "10.0.0.9",
        )
        self.env.flush_all()
        uninstall_hook(self.env(su=True))
        self.env.flush_all()
        self.assertFalse(self._get_left_rows())
        self.assertTrue(contract.exists())
        files = [
            ("res_model", "in", ["outsourcing.bid.file", "outsourcing.tender"]),
            ("res_field", "!=", False),
        ]
        self.assertFalse(self.env["ir.attachment"].sudo().search(files))
        self.assertFalse(registered.attachment_ids.exists())
