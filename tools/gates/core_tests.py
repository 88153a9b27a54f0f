"""Quick tests of Odoo's own, which pass without our add-ons: what is no contract's behaves as before.

Chosen where ours reach into core: portal users in shared projects, followers, users of several companies,
rights of those who are in no group of ours, warnings, payments, contacts. None of them skips itself.
"""

PROJECT, PURCHASE, ACCOUNT = (f"odoo.addons.{name}.tests.test" for name in ("project", "purchase", "account"))
CHOSEN = (
    f"{PROJECT}_project_sharing_portal_access::TestProjectSharingPortalAccess::test_write_task_with_portal_user",
    f"{PROJECT}_project_sharing_ui::TestProjectSharingUi::test_02_project_sharing",
    f"{PROJECT}_project_sharing::TestProjectSharing",
    f"{PROJECT}_project_mail_features::TestProjectMailFeatures",
    f"{PROJECT}_project_subtasks::TestProjectSubtasks::test_subtask_copy_followers",
    f"{PROJECT}_access_rights::TestCRUDVisibilityFollowers",
    f"{PURCHASE}_access_rights::TestPurchaseInvoice",
    f"{PURCHASE}_purchase::TestPurchase::test_purchase_warnings",
    f"{PURCHASE}_purchase_invoice::TestPurchaseToInvoice::test_sequence_autocomplete_invoice",
    f"{ACCOUNT}_account_payment::TestAccountPayment::test_attachments_send_multiple",
    f"{ACCOUNT}_account_payment::TestAccountPayment::test_payment_state_computation",
    f"{ACCOUNT}_account_move_reconcile::TestAccountMoveReconcile"
    "::test_partial_reconcile_amounts_of_several_matching_lines",
    f"{ACCOUNT}_account_partner::TestAccountPartner",
    "odoo.addons.portal.tests.test_portal_wizard",
    "odoo.addons.portal.tests.test_portal",
    "odoo.addons.portal.tests.test_addresses",
    "odoo.addons.mail.tests.test_res_users::TestUser",
    "odoo.addons.base.tests.test_res_partner::TestPartnerForm",
)
