"""Quick tests of Odoo's own, which pass without our add-ons: what is no contract's behaves as before.

Chosen where ours reach into core: portal users in shared projects, followers, users of several companies,
rights of those who are in no group of ours, warnings, payments, contacts. None of them skips itself.
"""

from .base import core_addon

CHOSEN = (
    "project/test_project_sharing_portal_access.py"
    "::TestProjectSharingPortalAccess::test_write_task_with_portal_user",
    "project/test_project_sharing_ui.py::TestProjectSharingUi::test_02_project_sharing",
    "project/test_project_sharing.py::TestProjectSharing",
    "project/test_project_mail_features.py::TestProjectMailFeatures",
    "project/test_project_subtasks.py::TestProjectSubtasks::test_subtask_copy_followers",
    "project/test_access_rights.py::TestCRUDVisibilityFollowers",
    "purchase/test_access_rights.py::TestPurchaseInvoice",
    "purchase/test_purchase.py::TestPurchase::test_purchase_warnings",
    "purchase/test_purchase_invoice.py::TestPurchaseToInvoice::test_sequence_autocomplete_invoice",
    "account/test_account_payment.py::TestAccountPayment::test_attachments_send_multiple",
    "account/test_account_payment.py::TestAccountPayment::test_payment_state_computation",
    "account/test_account_move_reconcile.py"
    "::TestAccountMoveReconcile::test_partial_reconcile_amounts_of_several_matching_lines",
    "account/test_account_partner.py::TestAccountPartner",
    "portal/test_portal_wizard.py",
    "portal/test_portal.py",
    "portal/test_addresses.py",
    "mail/test_res_users.py::TestUser",
    "base/test_res_partner.py::TestPartnerForm",
)


def arguments():
    """What pytest is called with to run the chosen tests; it refuses what Odoo does not have."""
    tests = [name.partition("/") for name in CHOSEN]
    return [f"{core_addon(addon)}/tests/{test}" for addon, _slash, test in tests]
