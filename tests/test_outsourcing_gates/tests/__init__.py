from . import test_interface, test_menus, test_odoo_lint, test_portal_rights
