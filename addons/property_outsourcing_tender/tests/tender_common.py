from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

TENDER = "property_outsourcing_tender"


class TenderFactory:
    """Tenders and the bids of three firms, for ``OutsourcingCommon``."""

    @classmethod
    def _set_up_bidders(cls):
        cls.third_firm = cls._create_contractor("Careful Elevators", services=cls.service_elevator)
        cls.portal_third = cls._create_portal_user("13800000021", "Third office", cls.third_firm)
        cls.firms = cls.contractor | cls.competitor | cls.third_firm
        cls.offices = {
            cls.contractor: cls.portal_contractor,
            cls.competitor: cls.portal_competitor,
            cls.third_firm: cls.portal_third,
        }
        for firm in cls.firms:
            cls._create_contact(f"Mechanic of {firm.name}", firm)
            cls._create_required_documents(firm)

    @classmethod
    def _prepare_tender(cls, way="quotes", **vals):
        start = fields.Date.today() + timedelta(days=60)
        return {
            "title": "Elevator maintenance",
            "service_type_id": cls.service_elevator.id,
            "community_ids": [Command.set(cls.community.ids)],
            "company_id": cls.company.id,
            "currency_id": cls.company.currency_id.id,
            "manager_id": cls.user_manager.id,
            "way_id": cls.env.ref(f"{TENDER}.way_{way}").id,
            "date_deadline": fields.Datetime.now() + timedelta(days=30),
            "invited_ids": [Command.set(cls.firms.ids)],
            "contract_date_start": start,
            "contract_date_end": start + timedelta(days=364),
            "lot_ids": [cls._prepare_lot("Lot 1", 90000.0)],
            **vals,
        }

    @classmethod
    def _prepare_lot(cls, name, estimate, **vals):
        items = [Command.create({"name": f"Fee of {name}", "quantity": 12.0})]
        return Command.create({"name": name, "estimate": estimate, "item_ids": items, **vals})

    @classmethod
    def _create_tender(cls, way="quotes", factors=None, **vals):
        """Return a draft tender; ``factors`` are (name, kind, points), by default the price alone."""
        tender = (
            cls.env["outsourcing.tender"].with_user(cls.user_manager).create(cls._prepare_tender(way, **vals))
        )
        factors = factors or [("Price", "price", 100)]
        tender.criterion_ids = [
            Command.create({"name": name, "kind": kind, "weight": weight}) for name, kind, weight in factors
        ]
        return tender

    @classmethod
    def _publish(cls, tender):
        tender.with_user(cls.user_manager).action_publish()
        cls.env.flush_all()
        cls.env.invalidate_all()
        return tender

    @classmethod
    def _draft_bid(cls, tender, firm, price=7000.0, lot=None):
        """Let the office of ``firm`` draw up a bid with a letter; every item at ``price``."""
        office = cls.offices[firm]
        lot = (lot or tender.lot_ids[:1]).with_user(office)
        bid = cls.env["outsourcing.bid"].with_user(office)._portal_begin(lot)
        prices = dict.fromkeys(lot.sudo().item_ids.ids, price)
        letter = ("letter", f"offer {firm.name}.pdf", make_pdf())
        bid._portal_save({"plan": f"Plan of {firm.name}", "validity_days": 90}, prices, [letter])
        return bid

    @classmethod
    def _submit_bid(cls, tender, firm, price=7000.0, lot=None):
        bid = cls._draft_bid(tender, firm, price, lot)
        bid.action_submit()
        cls.env.flush_all()
        cls.env.invalidate_all()
        return bid

    @classmethod
    def _submit_bids(cls, tender, prices=(7000.0, 7200.0, 7500.0)):
        """Let the three firms bid; return their bids in the order of ``cls.firms``."""
        bids = [cls._submit_bid(tender, firm, price) for firm, price in zip(cls.firms, prices, strict=False)]
        return cls.env["outsourcing.bid"].union(*bids)

    @classmethod
    def _after_deadline(cls, tender):
        """Return the clock of one second after the opening, as a context manager."""
        return freeze_time(tender.sudo().date_deadline + timedelta(seconds=1))

    @classmethod
    def _open(cls, tender):
        """Open the bids, two people together, a second after the deadline."""
        with cls._after_deadline(tender):
            tender.with_user(cls.user_supervisor).action_ready_to_open()
            tender.with_user(cls.user_manager).action_open()
        cls.env.flush_all()
        cls.env.invalidate_all()
        return tender.with_user(cls.user_manager)

    @classmethod
    def _create_opened(cls, way="quotes", prices=(7000.0, 7200.0, 7500.0), **vals):
        tender = cls._publish(cls._create_tender(way, **vals))
        cls._submit_bids(tender, prices)
        return cls._open(tender)

    @classmethod
    def _archive_licence(cls, firm):
        licence = cls.env.ref("property_outsourcing.document_type_business_license")
        document = firm.outsourcing_document_ids.filtered(lambda document: document.type_id == licence)
        document.with_user(cls.user_manager).active = False
        return document

    @classmethod
    def _award(cls, tender):
        tender = tender.with_user(cls.user_manager)
        if tender.state == "opened":
            tender.action_evaluate()
        tender.action_award()
        return tender

    @classmethod
    def _get_bid(cls, tender, firm):
        found = cls.env["outsourcing.bid"].sudo().search([("tender_id", "=", tender.id)])
        return found.filtered(lambda bid: bid.contractor_id == firm).with_user(cls.user_manager)


class TenderCommon(TenderFactory, OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()
