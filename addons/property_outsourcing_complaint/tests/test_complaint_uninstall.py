from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_photo

from ..hooks import uninstall_hook
from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintUninstall(ComplaintCommon):
    def test_no_photo_of_a_resident_is_left_behind(self):
        complaint = self._report_matter()
        photos = self.env["outsourcing.complaint.photo"]
        vals = photos._read_files([("IMG_wang.jpg", make_photo())], self.company)[0]
        photos._gated().create({**vals, "complaint_id": complaint.id})
        left = [("res_model", "=", photos._name), ("res_field", "!=", False)]
        files = self.env["ir.attachment"].sudo()
        self.assertTrue(files.search(left))
        uninstall_hook(self.env(su=True))
        self.assertFalse(files.search(left))
