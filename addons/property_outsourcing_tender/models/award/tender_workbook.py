import io
import re

import xlsxwriter

from odoo import models

from odoo.addons.property_outsourcing.tools import format_money
from odoo.addons.property_outsourcing.tools.plain_text import defuse

FONT, A4 = "Noto Sans CJK SC", 9


class OutsourcingTender(models.Model):
    """The comparison as a workbook, one sheet per lot."""

    _inherit = "outsourcing.tender"

    def action_download_xlsx(self):
        """Download the comparison of the bids."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/outsourcing/tender/{self.id}/xlsx",
            "target": "download",
        }

    def _get_file_name(self):
        self.ensure_one()
        return f"{self.env._('Comparison of bids')} {self.name}".replace("/", "-")

    def _render_xlsx(self):
        """Return the comparison as the bytes of a workbook."""
        self.ensure_one()
        buffer = io.BytesIO()
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(buffer, options) as workbook:
            formats = self._get_xlsx_formats(workbook)
            for number, table in enumerate(self._get_comparison(), start=1):
                sheet = workbook.add_worksheet(self._get_sheet_name(number, table["lot"]))
                self._write_lot_sheet(sheet, formats, table)
        return buffer.getvalue()

    def _get_sheet_name(self, number, lot):
        """Return the name of the sheet of ``lot``: with its number, so that no two are alike."""
        name = re.sub(r"[\[\]:*?/\\']", " ", lot.name)[:24].strip()
        return f"{number} {name}" if len(self.lot_ids) > 1 else name or f"{number}"

    def _get_xlsx_formats(self, workbook):
        base = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
        money = {**base, "num_format": "#,##0.00"}
        price = {**base, "num_format": "#,##0.00####"}  # prices per unit have up to six digits
        styles = {
            "title": {**base, "border": 0, "bold": True, "font_size": 14, "text_wrap": False},
            "facts": {**base, "border": 0, "text_wrap": False},
            "head": {**base, "bold": True, "bg_color": "#E7ECF3", "align": "center"},
            "cell": base,
            "money": money,
            "price": price,
            "lowest": {**price, "bg_color": "#D9F2DC"},
            "highest": {**price, "bg_color": "#FBE3E0"},
            "rank": {**base, "bold": True, "align": "center"},
            "total": {**money, "bold": True},
        }
        return {name: workbook.add_format(style) for name, style in styles.items()}

    def _write_lot_sheet(self, sheet, formats, table):
        """Write items, quotes, points and rank of the bids of a lot."""
        _, lot, bids = self.env._, table["lot"], table["bids"]
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 2 + len(bids), 16)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.freeze_panes(3, 1)
        sheet.write_string(0, 0, defuse(f"{self.display_name} · {lot.name}"), formats["title"])
        sheet.write_string(1, 0, defuse(" · ".join(self._get_facts(lot))), formats["facts"])
        titles = (_("Item"), _("Unit"), _("Quantity"), *(self._name_of(bid.contractor_id) for bid in bids))
        for column, title in enumerate(titles):
            sheet.write_string(2, column, defuse(title), formats["head"])
        row = 3
        for line in table["items"]:
            self._write_item_row(sheet, row, formats, line, bids)
            row += 1
        for label, name, style in self._get_total_rows():
            sheet.write_string(row, 0, label, formats["head"])
            sheet.write_blank(row, 1, None, formats["cell"])
            sheet.write_blank(row, 2, None, formats["cell"])
            for column, bid in enumerate(bids, start=3):
                if bid[name] or bid.rank:
                    sheet.write_number(row, column, bid[name], formats[style])
                else:  # excluded before it had any
                    sheet.write_blank(row, column, None, formats["cell"])
            row += 1
        labels = dict(bids._fields["state"]._description_selection(self.env))
        sheet.write_string(row, 0, _("Result"), formats["head"])
        sheet.write_blank(row, 1, None, formats["cell"])
        sheet.write_blank(row, 2, None, formats["cell"])
        for column, bid in enumerate(bids, start=3):
            text = " ".join(filter(None, (labels[bid.state], bid.disqualify_reason)))
            sheet.write_string(row, column, defuse(text), formats["cell"])

    def _get_facts(self, lot):
        """Return what stands under the title, a list of texts: way, opening, ceiling, currency."""
        _ = self.env._
        facts = [self.way_id.name, _("Opened on %s", self._format_moment(self.date_opened))]
        if lot.ceiling:
            facts.append(_("Ceiling Price: %s", format_money(lot, lot.ceiling)))
        return [*facts, self.currency_id.name]

    def _write_item_row(self, sheet, row, formats, line, bids):
        item = line["item"]
        sheet.write_string(row, 0, defuse(item.display_name), formats["cell"])
        sheet.write_string(row, 1, defuse(item.uom_id.name), formats["cell"])
        sheet.write_number(row, 2, item.quantity, formats["money"])
        for column, bid in enumerate(bids, start=3):
            price = line["prices"].get(bid.id)
            if price is None:
                sheet.write_blank(row, column, None, formats["cell"])
                continue
            style = "price"
            if line["lowest"] is not False:
                style = {line["lowest"]: "lowest", line["highest"]: "highest"}.get(price, "price")
            sheet.write_number(row, column, price, formats[style])

    def _get_total_rows(self):
        """Return the rows under the items: (label, field of the bid, format)."""
        _ = self.env._
        return [
            (_("Quote"), "amount_total", "total"),
            (_("Technical Points"), "score_technical", "money"),
            (_("Price Points"), "score_price", "money"),
            (_("Past Performance"), "score_bonus", "money"),
            (_("Points"), "score_total", "total"),
            (_("Rank"), "rank", "rank"),
        ]
