from . import (
    test_buttons,
    test_core_fields,
    test_demonstration,
    test_interface,
    test_many,
    test_menus,
    test_odoo_lint,
    test_papers,
    test_portal_rights,
    test_rows,
    test_shared_set_up,
    test_words,
)
