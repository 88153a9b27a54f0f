from lxml import etree

from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.evidence_common import make_photo

MIXIN = "outsourcing.evidence.mixin"


@tagged("post_install", "-at_install")
class TestGalleries(OutsourcingCommon):
    """Photos are looked at and added in the same way on every document that has them."""

    def _get_form(self, model):
        # work orders are a form of core extended; everything else has one form
        return etree.fromstring(
            self.env[model].with_user(self.user_supervisor).get_view(view_type="form")["arch"]
        )

    def test_every_document_staff_adds_photos_to_has_a_gallery(self):
        names = self.registry.descendants([MIXIN], "_inherit") - {MIXIN}
        documents = [self.env[name] for name in sorted(names) if not self.env[name]._abstract]
        models = [document._name for document in documents if "evidence" in document._upload_modes]
        wanted = {
            "outsourcing.inspection", "outsourcing.defect", "outsourcing.site.log", "outsourcing.acceptance",
            "outsourcing.concealed.work", "project.task", "outsourcing.variation",
        }  # fmt: skip
        self.assertLessEqual(wanted, set(models))
        without = [
            model for model in models if not self._get_form(model).xpath("//*[@widget='outsourcing_gallery']")
        ]
        self.assertEqual(without, [])

    def test_supervisor_adds_photos_to_a_work_order(self):
        contract = self._create_active_contract()
        order = (
            self.env["project.task"]
            .with_user(self.user_supervisor)
            .create(
                {
                    "name": "Door does not close",
                    "project_id": contract.project_id.id,
                    "outsourcing_contract_id": contract.id,
                }
            )
        )
        self.assertTrue(order.may_add_evidence)
        files = [(f"{shade}.jpg", make_photo(color=(shade, 0, 0))) for shade in (10, 90)]
        order._upload_evidence(files, "before")
        self.assertEqual(order.evidence_ids.mapped("phase"), ["before", "before"])
        self.assertEqual(order.evidence_ids.author_id, self.user_supervisor)
