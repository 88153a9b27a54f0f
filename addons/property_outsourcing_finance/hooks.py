def post_init_hook(env):
    """Give every company that already has a chart of accounts its retention account."""
    companies = env["res.company"].search([("chart_template", "!=", False), ("parent_id", "=", False)])
    for company in companies:
        company._outsourcing_ensure_finance_accounts()
