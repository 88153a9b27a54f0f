from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestStepRefusal(OutsourcingCommon):
    """Whoever may not take a step is told who may: the role, and the nearest person where he may know it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"]._load_module_terms(["property_outsourcing"], ["zh_CN"])
        cls.contract = cls._create_contract()

    def test_staff_is_told_role_and_person(self):
        with self.assertRefused(f"; ask {self.user_manager.name} (Manager).", AccessError):
            self.contract.with_user(self.user_supervisor)._require_group(
                "property_outsourcing.group_outsourcing_manager"
            )

    def test_all_roles_that_may_are_named(self):
        with self.assertRefused("take this step. It is for: Finance, Administrator.", AccessError):
            self.contract.with_user(self.portal_contractor)._require_group(
                "property_outsourcing.group_outsourcing_finance",
                "property_outsourcing.group_outsourcing_admin",
            )

    def test_in_chinese_the_sentence_begins_with_who_does_it(self):
        document = self._create_document("business_license", verified=False)
        as_contractor = document.with_user(self.portal_contractor).with_context(lang="zh_CN")
        with self.assertRefused("此步骤须由现场主管办理，您没有权限。", AccessError):
            as_contractor.action_verify()

    def test_a_button_that_asks_who_may_reads_no_names(self):
        supervisor = self.contract.with_user(self.user_supervisor)
        self.assertNotIn("active", supervisor.possible_steps)
