from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment, trade_day
from odoo.addons.property_outsourcing_portal.controllers.files import SCANS, check_files, get_accept

from .bid import OutsourcingBidPages

TEXTS = ("bond_kind", "bond_amount", "date_given", "bond_number", "bond_date_valid")


class OutsourcingBidBondPages(OutsourcingBidPages):
    """The page on which a firm tells what it has deposited for its bid."""

    def _show_bond(self, record, error=None, form=None):
        bid = record.sudo()  # found as the user: it is the firm's own
        if not bid.lot_id.bid_bond or not self._is_taken(bid):
            raise request.not_found()
        tender = bid.tender_id
        bonds = request.env["outsourcing.bid.bond"].sudo()  # labels, and the firm's own bond
        values = {
            "record": record,
            "doc": bid,
            "bond": bid._get_bond(),
            "bond_kinds": bonds._get_bond_kinds(),
            "valid_until": fields.Date.add(
                trade_day(tender, tender.date_deadline), days=tender.bid_validity_days
            ),
            "moment_of": lambda moment: format_moment(tender, moment),
            "accept": get_accept(SCANS),
            "error": error,
            "form": form or {},
            "back_url": self._get_url(record),
            "page_title": request.env._("Bid bond"),
        }
        return self._render("property_outsourcing_tender.portal_bid_bond", values)

    @route(
        "/my/outsourcing/bids/<int:bid_id>/bond",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_bid_bond(self, bid_id, **kwargs):
        """Show the form of the bid bond."""
        return self._show_bond(self._get_record(bid_id))

    @route(
        "/my/outsourcing/bids/<int:bid_id>/bond",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
        max_content_length=OutsourcingBidPages._get_max_length,
    )  # fmt: skip
    def outsourcing_bid_bond_save(self, bid_id, **post):
        """Keep what the firm has deposited."""
        record = self._get_record(bid_id)
        form = {name: self._to_text(post.get(name), 60) for name in TEXTS}
        error = self._attempt(lambda: self._give_bond(record, form))
        if error:
            return self._refuse(error, lambda: self._show_bond(record, error=error, form=form))
        return self._succeed(record, self._get_url(record), request.env._("The bid bond is saved."))

    def _give_bond(self, record, form):
        kinds = dict(request.env["outsourcing.bid.bond"]._get_bond_kinds())
        if form["bond_kind"] not in kinds:
            raise UserError(request.env._("Choose the kind of the bond."))
        files = self._get_files("proof")
        check_files(files, SCANS, request.env._("%s is no PDF or photo, or its name says otherwise."))
        guarantee = form["bond_kind"] != "cash"
        vals = {
            "bond_kind": form["bond_kind"],
            "bond_amount": self._to_number(form["bond_amount"], least=0),
            "date_given": form["date_given"] and self._to_date(form["date_given"]),
            "bond_number": guarantee and form["bond_number"],
            "bond_date_valid": guarantee
            and form["bond_date_valid"]
            and self._to_date(form["bond_date_valid"]),
        }
        record._portal_give_bond(vals, files[0] if files else None)
