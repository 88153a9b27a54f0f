from odoo import SUPERUSER_ID, api

from odoo.addons.property_outsourcing.tools import normalise_login


def migrate(cr, version):
    """Bring mobile numbers that are logins into one form; where two are the same number, both stay."""
    users = api.Environment(cr, SUPERUSER_ID, {"active_test": False})["res.users"]
    for user in users.search([("share", "=", True)]):
        login = normalise_login(user.login)
        if login != user.login and not users.search_count([("login", "=", login)], limit=1):
            user.login = login
