from .models.accounting.res_company import OWN_RECORDS


def post_init_hook(env):
    """Give every company that already has a chart of accounts its retention account."""
    companies = env["res.company"].search([("chart_template", "!=", False), ("parent_id", "=", False)])
    for company in companies:
        company._outsourcing_ensure_finance_accounts()


def uninstall_hook(env):
    """Take the retention accounts along that the add-on made and nothing was ever posted to."""
    rows = env["ir.model.data"].search([("module", "=", OWN_RECORDS), ("model", "=", "account.account")])
    accounts = env["account.account"].browse(rows.mapped("res_id")).exists()
    used = env["account.move.line"]._read_group([("account_id", "in", accounts.ids)], ["account_id"])
    unused = accounts.filtered(lambda account: (account,) not in used)
    companies = env["res.company"].search([("outsourcing_retention_account_id", "in", unused.ids)])
    companies.outsourcing_retention_account_id = False
    companies = env["res.company"].search([("outsourcing_bond_account_id", "in", unused.ids)])
    companies.outsourcing_bond_account_id = False
    unused.unlink()
    rows.exists().unlink()
