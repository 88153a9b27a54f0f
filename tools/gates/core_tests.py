"""Quick tests of Odoo's own, which pass without our add-ons: what is no contract's behaves as before.

Chosen where ours reach into core: portal users in shared projects, followers, users of several companies,
rights of those who are in no group of ours, warnings, payments, contacts. None of them skips itself.
"""

from tools.common import Refusal

from .base import core_addon

CHOSEN = {
    "project": (
        "test_project_sharing_portal_access.py::TestProjectSharingPortalAccess::test_write_task_with_portal_user",
        "test_project_sharing_ui.py::TestProjectSharingUi::test_02_project_sharing",
        "test_project_sharing.py::TestProjectSharing",
        "test_project_mail_features.py::TestProjectMailFeatures",
        "test_project_subtasks.py::TestProjectSubtasks::test_subtask_copy_followers",
        "test_access_rights.py::TestCRUDVisibilityFollowers",
    ),
    "purchase": (
        "test_access_rights.py::TestPurchaseInvoice",
        "test_purchase.py::TestPurchase::test_purchase_warnings",
        "test_purchase_invoice.py::TestPurchaseToInvoice::test_sequence_autocomplete_invoice",
    ),
    "account": (
        "test_account_payment.py::TestAccountPayment::test_attachments_send_multiple",
        "test_account_payment.py::TestAccountPayment::test_payment_state_computation",
        "test_account_move_reconcile.py::TestAccountMoveReconcile"
        "::test_partial_reconcile_amounts_of_several_matching_lines",
        "test_account_partner.py::TestAccountPartner",
    ),
    "portal": ("test_portal_wizard.py", "test_portal.py", "test_addresses.py"),
    "mail": ("test_res_users.py::TestUser",),
    "base": ("test_res_partner.py::TestPartnerForm",),
}


def arguments():
    """What pytest is called with to run the chosen tests.

    :raise Refusal: a file is not there: Odoo has changed
    """
    found = []
    for module, test in [(module, test) for module, tests in CHOSEN.items() for test in tests]:
        folder = core_addon(module)
        if not folder or not (folder / "tests" / test.partition("::")[0]).is_file():
            raise Refusal(
                f"Odoo has no {module}/tests/{test}: choose another test in tools/gates/core_tests.py."
            )
        found.append(f"{folder}/tests/{test}")
    return found
