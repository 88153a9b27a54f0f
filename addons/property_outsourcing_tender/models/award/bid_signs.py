import base64
import io
import re
import zipfile
from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.property_outsourcing.tools import format_money, join_names

MARK = b"/Author"
PDF_AUTHOR = re.compile(rb"/Author\s*\(((?:[^()\\]|\\.){1,200})\)")
XML_AUTHOR = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy)>([^<]{1,200})</")
HEAD, TAIL = 16 * 1024, 48 * 1024  # of a file, in which its author is looked for
CORE = 4 * 1024 * 1024  # of the unpacked properties of an office file
ALIKE_ITEMS, ALIKE_SHARE, EVEN = 3, 0.6, 0.001


class OutsourcingBid(models.Model):
    """What bids of different firms have in common (order 87 of the Ministry of Finance, art. 37)."""

    _inherit = "outsourcing.bid"

    def _find_shared_marks(self):
        """Return what bids of ``self`` (in sudo) share that has nothing to do with prices.

        :return: list of (kind, note, bids), each of two firms at least
        """
        marks = defaultdict(lambda: self.browse())
        people = self.contractor_id | self.contractor_id.child_ids
        people.mapped("phone"), people.bank_ids.mapped("sanitized_acc_number")  # at once, not firm by firm
        for bid in self:
            for mark in bid._get_marks():
                marks[mark] |= bid
        return [
            (kind, f"{join_names(self.env, bids.contractor_id.mapped('name'))} ({value})", bids)
            for (kind, value), bids in marks.items()
            if len(bids.contractor_id) > 1
        ]

    def _get_marks(self):
        """Return a set of (kind, value) of ``self`` (in sudo). Hook: extend super's set."""
        self.ensure_one()
        firm = self.contractor_id
        people = firm | firm.child_ids
        marks = {("address", self.submit_address), ("device", self.submit_device)}
        marks |= {("phone", phone) for phone in people.mapped("phone")}
        marks |= {("bank", number) for number in people.bank_ids.mapped("sanitized_acc_number")}
        marks |= {("author", author) for file in self.file_ids for author in file._get_authors()}
        return {(kind, value) for kind, value in marks if value}

    def _find_price_signs(self):
        """Return what is too regular in the prices of ``self`` (in sudo), lot by lot; see above."""
        signs = []
        for own in self.filtered("has_price").grouped("lot_id").values():
            ordered = own.sorted("amount_total")
            quotes = ordered.mapped("amount_total")
            steps = [after - before for before, after in zip(quotes, quotes[1:], strict=False)]
            if len(steps) > 1 and min(steps) > 0 and max(steps) - min(steps) <= EVEN * max(steps):
                note = self.env._("The quotes rise by the same %s each.", format_money(self, steps[0]))
                signs.append(("pattern", note, ordered))
            prices = {bid: {line.item_id: line.price_unit for line in bid.line_ids} for bid in ordered}
            for number, bid in enumerate(ordered):
                for other in ordered[number + 1 :]:
                    signs += bid._compare_prices(other, prices[bid], prices[other])
        return signs

    def _compare_prices(self, other, own, others):
        """Return what is too alike between the prices of two bids, a list as above."""
        items = [item for item in own if own[item] and others.get(item)]
        if len(items) < ALIKE_ITEMS:
            return []
        names = join_names(self.env, (self | other).contractor_id.mapped("name"))
        same = sum(own[item] == others[item] for item in items)
        if same >= ALIKE_SHARE * len(items):
            note = self.env._(
                "%(same)s of %(all)s prices are the same: %(firms)s", same=same, all=len(items), firms=names
            )
            return [("prices", note, self | other)]
        ratios = [others[item] / own[item] for item in items]
        if max(ratios) - min(ratios) <= EVEN:
            note = self.env._(
                "All prices stand in the ratio %(ratio)s: %(firms)s", ratio=f"{ratios[0]:.3f}", firms=names
            )
            return [("pattern", note, self | other)]
        return []


class OutsourcingBidFile(models.Model):
    _inherit = "outsourcing.bid.file"

    authors = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"authors"}

    @api.model
    def _prepare_inside_vals(self, vals, content):
        return super()._prepare_inside_vals(vals, content) | {"authors": sorted(_find_authors(content))}

    def _get_authors(self):
        """Return the names a file (in sudo) says it was written by, a set of texts."""
        self.ensure_one()
        if self.is_inside:
            return set(self.authors or ())
        return _find_authors(base64.b64decode(self.with_context(bin_size=False).content or b""))


def _find_authors(data):
    """Return the names that ``data``, bytes or a view of them, says it was written by, a set of texts."""
    if data[:2] == b"PK":
        found = XML_AUTHOR.findall(_read_core_properties(bytes(data)))
    else:
        parts = [bytes(data[:HEAD]), bytes(data[max(HEAD, len(data) - TAIL) :])]
        # first looked for as it is: hundreds of scans without an author are looked through at an opening
        found = [name for part in parts if MARK in part for name in PDF_AUTHOR.findall(part)]
    names = {name.decode("utf-8", "replace").strip() for name in found}
    return {name for name in names if len(name) > 1}


def _read_core_properties(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("docProps/core.xml") as core:
            return core.read(CORE)
    except Exception:  # damaged in whatever way: no file keeps the other bids closed
        return b""
