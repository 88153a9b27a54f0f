from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf
from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .tender_common import TenderFactory

PRICE = 7123.456789
TEXT = "Zebra-Quartz"
BID, LINE, FILE, BOND = (
    "outsourcing.bid",
    "outsourcing.bid.line",
    "outsourcing.bid.file",
    "outsourcing.bid.bond",
)
SEALED = (BID, LINE, FILE, BOND)
REFUSED = "refused"
MINE = [("contractor_id.name", "=", "Steady Elevators")]
NO_BAR = {"field": "state", "colors": {}}
BY_FIRM = {"domain": [], "aggregates": ["__count"]}


class SealedCommon(TenderFactory, PortalCommon):
    """A public tender with one sealed bid, and all who would like to look into it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()
        cls.boss = cls.env.ref("base.user_admin")
        cls.boss.sudo().write(
            {
                "group_ids": [Command.link(cls.env.ref("property_outsourcing.group_outsourcing_admin").id)],
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        lots = [cls._prepare_lot("Lot 1", 95000.0, bid_bond=1000.0)]
        cls.tender = cls._publish(cls._create_tender("public", lot_ids=lots, bond_note="Account 1"))
        cls.bid = cls._draft_secret_bid()
        cls.bid.action_submit()
        cls.env.flush_all()
        cls.env.invalidate_all()
        sealed = cls.bid.sudo()
        cls.records = {
            BID: sealed,
            LINE: sealed.line_ids,
            FILE: sealed.file_ids[:1],
            BOND: cls.env[BOND].sudo().search([("tender_id", "=", cls.tender.id)]),
        }
        own = [("res_model", "in", SEALED), ("res_field", "!=", False)]
        cls.attachments = cls.env["ir.attachment"].sudo().search(own)
        cls.marks = (TEXT, str(PRICE), "85481.48", "85,481.48", sealed.receipt, "secret-plan")

    @classmethod
    def _draft_secret_bid(cls):
        office = cls.portal_contractor
        bid = cls.env[BID].with_user(office)._portal_begin(cls.tender.lot_ids.with_user(office))
        items = cls.tender.lot_ids.item_ids.ids
        files = [("letter", "letter.pdf", make_pdf()), ("technical", "secret-plan.pdf", make_pdf())]
        bid._portal_save({"plan": TEXT, "validity_days": 90}, dict.fromkeys(items, PRICE), files)
        given = {"bond_kind": "cash", "bond_amount": 1000.0, "date_given": cls.today}
        bid._portal_give_bond(given, ("slip.pdf", make_pdf()))
        return bid

    def _get_lookers(self):
        """Return all who look: the house with its administrator, a competitor, a visitor."""
        return {
            "supervisor": self.user_supervisor,
            "manager": self.user_manager,
            "finance": self.user_finance,
            "administrator of the suite": self.user_admin,
            "administrator": self.boss,
            "competitor": self.portal_competitor,
            "visitor": self.env.ref("base.public_user"),
        }

    def _call(self, user, model, method, *args, **kwargs):
        """Call as a client does, by name; return the answer, or REFUSED: neither tells anything."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                answer = call_kw(self.env[model].with_user(user), method, list(args), kwargs)
        except (UserError, ValueError, AttributeError) as error:
            self._assert_nothing_told(str(error))
            return REFUSED
        self._assert_nothing_told(repr(answer))
        return answer

    def _assert_nothing_told(self, text):
        for mark in (*self.marks, "Steady"):
            self.assertNotIn(mark, text)


# what is looked for -> method, arguments, keyword arguments
QUERIES = {
    "search": ("search", [[]], {}),
    "search by the bidder": ("search", [MINE], {}),
    "search by the day": ("search", [[("create_date", "!=", False)]], {"order": "id desc"}),
    "count": ("search_count", [[]], {}),
    "search and read": ("search_read", [[]], {}),
    "list of the client": ("web_search_read", [], {"domain": [], "specification": {"display_name": {}}}),
    "names": ("name_search", [], {"name": "Steady"}),
    "names of the client": ("web_name_search", [], {"name": "", "specification": {"display_name": {}}}),
    "group": ("formatted_read_group", [], {"domain": [], "aggregates": ["__count"]}),
    "groups by the bidder": ("formatted_read_group", [], {**BY_FIRM, "groupby": ["contractor_id"]}),
    "pivot": ("formatted_read_grouping_sets", [], {**BY_FIRM, "grouping_sets": [[], ["contractor_id"]]}),
    "board, groups opened": (
        "web_read_group",
        [],
        {
            **BY_FIRM,
            "groupby": ["contractor_id"],
            "auto_unfold": True,
            "unfold_read_specification": {"display_name": {}},
        },
    ),
    "side panel": ("search_panel_select_range", ["contractor_id"], {}),
    "bars of the board": (
        "read_progress_bar",
        [],
        {
            "domain": [],
            "group_by": "contractor_id",
            "progress_bar": NO_BAR,
        },
    ),
}


def count_in(answer):
    """Return how many records an answer of a query tells of."""
    if isinstance(answer, dict):
        for key in ("__count", "length", "values"):
            if key in answer:
                return count_in(answer[key])
        return sum(map(count_in, answer.values()))
    if isinstance(answer, (list, tuple)):
        return sum(count_in(value) for value in answer)
    return int(answer) if isinstance(answer, (bool, int, float)) else len(answer or "")
