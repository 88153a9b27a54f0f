"""What takes many documents at once, and where its price for one and for thirty is compared.

Asked for are public ``action_*`` and ``button_*``, steps with a reason and what a job hands to
``_run_in_batches``. One of them is entered in one of three ways, the first that fits:

- ``self.ensure_one()`` is its first statement, where it is for one record: no entry is needed;
- ``Step("model.name._method", user, args)`` stands in a test of its add-on, under ``DocumentsCommon``
  (``property_outsourcing/tests/documents_common.py``): ``_take_steps`` takes it with 1 and with 30 documents;
- ``SINGLE`` below says why nobody calls it on many documents.
"""

import ast
import inspect
import textwrap

from .common import CHECKOUT

HOW = (
    "each of these takes many documents: make self.ensure_one() its first statement if it is for one record, "
    'else take it in a test of its add-on as Step("model.method") by DocumentsCommon._take_steps, '
    "or say in SINGLE of test_outsourcing_gates/tests/many.py why nobody calls it on many"
)
OURS = "odoo.addons.property_outsourcing"
# a window is opened; the list in it is read by its own view
OPENERS = ("action_view_", "action_open_", "action_outsourcing_view_")
FORM = "a button of one document's form"
OWN_CONTRACT = "rests on what its own contract looks like then; one after the other"
TABLE = "people sit over one tender, bid by bid and lot by lot"
ONE_BID = "a bid is handed in, replaced and taken back on its own, with a receipt of its own"
CARD = "a penalty or an honour is decided case by case, on its form"
CORE = "core's own, which ours only looks at"

# model and method, or the method alone for all models -> why nobody calls it on many documents
SINGLE = {
    "action_add_evidence": FORM,
    "action_record_paper": FORM,
    # what a draft is filled with, on its form
    "outsourcing.contract.action_apply_payment_scheme": FORM,
    "outsourcing.contract.action_fill_fees": FORM,
    "outsourcing.contract.action_fill_scope": FORM,
    "outsourcing.contract.action_generate_periods": FORM,
    "outsourcing.contract.action_load_inspection_plans": FORM,
    "outsourcing.contract.action_load_presets": FORM,
    "outsourcing.inspection.plan.action_generate": FORM,
    # dialogues for one document
    "outsourcing.contract.action_return_securities": FORM,
    "outsourcing.defect.action_rectify": FORM,
    "outsourcing.concealed.work._withdraw": FORM,
    "outsourcing.settlement._answer_dispute": FORM,
    "outsourcing.settlement._decide_silence": FORM,
    "outsourcing.fapiao._reject": FORM,
    "outsourcing.fapiao._reverse": FORM,
    "outsourcing.fapiao._restore": FORM,
    "outsourcing.payee.change.action_add_proof": FORM,
    # sheets of the buildings of one survey, from its form
    "outsourcing.survey.building.action_print_slips": FORM,
    "outsourcing.survey.building.action_print_posters": FORM,
    # opens at most eight of them in a window
    "outsourcing.evaluation.action_compare": "a window with at most eight side by side",
    # a tender: from the draft to the award
    "outsourcing.tender.action_load_presets": FORM,
    "outsourcing.tender.action_price_only": FORM,
    "outsourcing.tender.action_request_approval": FORM,
    "outsourcing.tender.action_ready_to_open": TABLE,
    "outsourcing.tender.action_open": TABLE,
    "outsourcing.tender.action_evaluate": TABLE,
    "outsourcing.tender.action_award": TABLE,
    "outsourcing.tender.lot.action_draft_contract": TABLE,
    "outsourcing.bid.action_submit": ONE_BID,
    "outsourcing.bid.action_withdraw": ONE_BID,
    "outsourcing.bid.action_confirm_paper": TABLE,
    "outsourcing.bid.action_exclude": TABLE,
    "outsourcing.bid._exclude": TABLE,
    "outsourcing.bid.action_winner_refused": TABLE,
    "outsourcing.bid._refuse_award": TABLE,
    "outsourcing.tender.objection.action_reject": TABLE,
    "outsourcing.tender.objection.action_uphold": TABLE,
    "outsourcing.tender.objection._reject": TABLE,
    "outsourcing.tender.objection._uphold": TABLE,
    "outsourcing.bid.action_print_notice": "a letter to one bidder",
    "outsourcing.tender.addendum.action_issue": TABLE,
    "outsourcing.tender.question.action_answer": TABLE,
    "outsourcing.tender.question._answer": TABLE,
    "outsourcing.bid.action_clarify": TABLE,
    "outsourcing.bid._ask_clarification": TABLE,
    "outsourcing.bid.clarification.action_accept": TABLE,
    "outsourcing.bid.clarification.action_refuse": TABLE,
    "outsourcing.bid.clarification._accept": TABLE,
    "outsourcing.bid.clarification._refuse": TABLE,
    "outsourcing.bid.bond.action_miss": TABLE,
    "outsourcing.bid.bond._miss": TABLE,
    "outsourcing.bid.bond.action_forfeit": TABLE,
    "outsourcing.bid.bond._forfeit": TABLE,
    "outsourcing.bid.flag.action_clear": TABLE,
    "outsourcing.bid.flag._clear": TABLE,
    "outsourcing.tender.action_print_notice": FORM,
    "outsourcing.registration.action_accept": "each becomes a firm of its own, looked at one by one",
    "outsourcing.registration.action_refuse": "each is looked at on its own",
    "outsourcing.registration._refuse": "each is looked at on its own",
    "outsourcing.complaint._split_off": FORM,
    "outsourcing.award._refuse": CARD,
    "outsourcing.award._revoke": CARD,
    "outsourcing.card._drop": CARD,
    "outsourcing.card._lift": CARD,
    "outsourcing.card._close": CARD,
    "outsourcing.card._uphold": CARD,
    "outsourcing.card._return_plan": CARD,
    # the acting member's own seat
    "action_declare_none": FORM,
    "action_stand_aside": FORM,
    "action_hand_in": FORM,
    # each counts its days, rows and order anew from a plan of its own, in the order of their days
    "outsourcing.contract.amendment.action_activate": OWN_CONTRACT,
    "outsourcing.contract.amendment.action_approve": OWN_CONTRACT,
    "outsourcing.contract.amendment.action_submit": OWN_CONTRACT,
    "outsourcing.contract.amendment._process_due": OWN_CONTRACT,
    "outsourcing.order.rollup.action_take_back": OWN_CONTRACT,
    "outsourcing.variation.action_create_amendment": OWN_CONTRACT,
    # asks for what is missing without any choice; what follows is compared by itself
    "outsourcing.acceptance.action_create_month_sheets": "calls _create_month_sheets on the rows it finds",
    "outsourcing.acceptance._create_month_sheets": "called by that of the rows",
    "res.partner.action_outsourcing_close_login": "what waits for a person is handed over person by person",
    # core's, which ours only looks at
    "account.move.button_draft": CORE,
    "purchase.order.action_create_invoice": CORE,
}

# not compared yet: leaves this list for a Step or a reason, never the other way round
OWED = set()


def _definitions(cls):
    """Yield (name, function) of what our add-ons define of a model, mixins included."""
    for part in cls.__mro__:
        if part.__module__.startswith(OURS) and not hasattr(part, "pool"):
            for name, function in vars(part).items():
                if inspect.isfunction(function):
                    yield name, function


def _tree(function):
    return ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]


def _is_of_one(function):
    """Whether the method itself says that it is for one record."""
    return any(
        isinstance(statement, ast.Expr) and ast.unparse(statement) == "self.ensure_one()"
        for statement in _tree(function).body
    )


def _get_jobs(function):
    """Names of the methods that a scheduled one hands to the runner of batches."""
    if "_run_in_batches(" not in inspect.getsource(function):
        return
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_run_in_batches":
            first = node.args[0]
            yield first.value if isinstance(first, ast.Constant) else function.__globals__[first.id]


def find_steps(env):
    """Return the names of what may take many documents: buttons, steps with a reason, scheduled work."""
    found = set()
    for name, cls in env.registry.items():
        if cls._abstract or cls._transient or not any(_definitions(cls)):
            continue
        single = set()
        for method, function in _definitions(cls):
            if method.startswith(("action_", "button_")) and not method.startswith(OPENERS):
                (single if _is_of_one(function) else found).add(f"{name}.{method}")
            for job in _get_jobs(function):
                found.add(f"{name}.{job}" if hasattr(cls, job) else job)
        found -= single
        if hasattr(cls, "_get_reasoned_steps"):
            found |= {f"{name}.{method}" for _label, method in env[name]._get_reasoned_steps().values()}
    return found


def read_measured():
    """Return the names in all ``Step("...")`` of the tests."""
    found = set()
    for path in sorted(CHECKOUT.glob("addons/*/tests/test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Step":
                found.add(node.args[0].value)
    return found


def find_unmeasured(env):
    """Return what takes many documents, is compared nowhere and has no reason."""
    measured = read_measured()
    methods = {name.rpartition(".")[2] for name in measured}
    return {
        name
        for name in find_steps(env) - measured - OWED
        if name not in SINGLE
        and name.rpartition(".")[2] not in SINGLE
        and not ("." not in name and name in methods)
    }
