from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import own_records, suite_modules

# Documents a party lists and opens by itself: record rules show each its own, and a stranger none. What hangs
# on them, and all master data, the pages read for the party after the document was checked.
DOCUMENTS = {
    "outsourcing.acceptance": "contractor, third party and witness sign it",
    "outsourcing.adjustment": "the contractor acknowledges or appeals",
    "outsourcing.award": "the contractor prints its certificate",
    "outsourcing.bid": "the firm draws it up and hands it in",
    "outsourcing.bid.file": "the firm opens what it handed in",
    "outsourcing.card": "the contractor reads its grounds, hands in its plan and appeals",
    "outsourcing.community": "tells who represents owners",
    "outsourcing.compliance": "what is asked of the contractor",
    "outsourcing.concealed.work": "contractor, third party and witness sign it",
    "outsourcing.contract": "the contractor reads and signs it",
    "outsourcing.contract.amendment": "the contractor reads and signs it",
    "outsourcing.contract.deliverable": "the contractor hands it in",
    "outsourcing.contract.milestone": "the contractor applies for its acceptance",
    "outsourcing.defect": "the contractor rectifies, the representative reads",
    "outsourcing.document": "the contractor hands it in",
    "outsourcing.evaluation": "the contractor reads the preview and may appeal",
    "outsourcing.evaluation.contract": "what each contract of the contractor scores",
    "outsourcing.evaluation.line": "the figures of the contractor",
    "outsourcing.evaluation.veto": "what gave the contractor the lowest grade",
    "outsourcing.evidence": "photos beside the document they belong to",
    "outsourcing.inspection": "contractor or third party carries it out",
    "outsourcing.inspection.line": "photos belong to the single item",
    "outsourcing.order.rollup": "the contractor reads what a month comes to",
    "outsourcing.payment.application": "the contractor applies for a payment",
    "outsourcing.settlement": "the contractor reads it",
    "outsourcing.site.log": "the contractor writes it",
    "outsourcing.survey.round": "the representative finds where to vote, and reads the result",
    "outsourcing.tender": "the firm that may bid reads the notice",
    "outsourcing.tender.invitation": "the rule of a tender asks whether the firm is invited",
    "outsourcing.tender.lot": "the firm bids for it",
    "outsourcing.tender.objection": "the bidder reads the answer",
    "outsourcing.variation": "the contractor writes it",
}
CORE = ("project.task", "project.project", "purchase.order", "account.move", "maintenance.equipment")


@tagged("post_install", "-at_install")
class TestPortalRights(TransactionCase):
    """A login of the portal that is party to nothing reads nothing, also not how we rate and check."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(cls.env, "stranger", groups="base.group_portal", email=False)

    def _get_own_models(self):
        modules = suite_modules(self.env)
        names = own_records(self.env, "ir.model").mapped("model")
        models = [self.env[name] for name in names if name in self.env]
        return [model for model in models if not model._abstract and model._original_module in modules]

    def test_master_data_is_refused_and_documents_are_empty(self):
        open_models = []
        for model in self._get_own_models():
            try:
                rows = model.with_user(self.stranger).with_context(active_test=False).search_read([])
            except AccessError:
                continue
            if model._name not in DOCUMENTS or rows:
                open_models.append(model._name)
        self.assertFalse(open_models, "the portal needs no right to read these: read them in sudo")

    def test_every_document_in_the_list_is_really_read_by_the_portal(self):
        portal = self.env.ref("base.group_portal")
        readable = self.env["ir.model.access"].search(
            [("group_id", "=", portal.id), ("perm_read", "=", True)]
        )
        own = {model._name for model in self._get_own_models()}
        self.assertEqual(
            set(readable.model_id.mapped("model")) & own, {name for name in DOCUMENTS if name in own}
        )

    def test_the_portal_writes_no_model_of_ours(self):
        portal = self.env.ref("base.group_portal") | self.env.ref("base.group_public")
        rights = self.env["ir.model.access"].search([("group_id", "in", [False, *portal.ids])])
        own = {model._name for model in self._get_own_models()}
        writing = rights.filtered(
            lambda right: (
                right.model_id.model in own and (right.perm_write or right.perm_create or right.perm_unlink)
            )
        )
        self.assertFalse(writing.mapped("name"))

    def test_core_documents_of_contracts_are_no_strangers_business(self):
        for name in CORE:
            field = (
                "outsourcing_community_id" if name == "maintenance.equipment" else "outsourcing_contract_id"
            )
            model = self.env[name].with_user(self.stranger)
            if field in model._fields and model.has_access("read"):
                self.assertFalse(model.search([(field, "!=", False)]), name)
