from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestCronLocale(OutsourcingCommon):
    def test_jobs_speak_the_language_and_count_the_days_of_the_company(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        own = self.env.ref("property_outsourcing.cron_watch_contract_terms").with_company(self.company)
        core = self.env.ref("mail.ir_cron_mail_scheduler_action").with_company(self.company)
        context = own._with_company_locale().env.context
        self.assertEqual((context.get("lang"), context.get("tz")), ("zh_CN", "Asia/Shanghai"))
        self.assertEqual(core._with_company_locale(), core)
        self.assertEqual(core._with_company_locale().env, core.env)

    def test_the_job_is_run_in_that_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        cron = self.env.ref("property_outsourcing.cron_watch_contract_terms").with_company(self.company)
        seen = []
        contracts = self.env.registry["outsourcing.contract"]
        self.patch(contracts, "_cron_watch_terms", lambda self: seen.append(self.env.lang))
        self.patch(self.env.cr, "commit", lambda: None)
        cron._callback(cron.cron_name, cron.ir_actions_server_id.id)
        self.assertEqual(seen, ["zh_CN"])
