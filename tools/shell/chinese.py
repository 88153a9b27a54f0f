# ruff: noqa: F821
"""Fed to `odoo shell`: a Chinese company, Chinese language and time zone, before the suite is installed."""

company = env.ref("base.main_company")
china, yuan = env.ref("base.cn"), env.ref("base.CNY")
yuan.active = True
company.write({"country_id": china.id})
company.partner_id.write({"tz": "Asia/Shanghai", "lang": "zh_CN"})
if not env["account.move"].search_count([], limit=1):
    company.currency_id = yuan
    env["account.chart.template"].try_loading("cn", company)
env["ir.default"].set("res.partner", "lang", "zh_CN")
env["ir.default"].set("res.partner", "tz", "Asia/Shanghai")
users = env["res.users"].with_context(active_test=False).search([])
users.partner_id.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
if "resource.calendar" in env:  # made before anybody had a time zone
    env["resource.calendar"].search([("tz", "=", "UTC")]).tz = "Asia/Shanghai"
env.cr.commit()
