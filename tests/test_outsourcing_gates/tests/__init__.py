from . import test_interface, test_menus, test_odoo_lint
