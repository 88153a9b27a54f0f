import json

from odoo.http import route

from odoo.addons.web.controllers.export import (
    CSVExport,
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)
from odoo.addons.web.controllers.pivot import TableExporter

from ..tools.plain_text import defuse

CELLS = ("col_group_headers", "measure_headers", "rows")  # of a pivot


class TextWriter:
    """Core's writer guesses: text that begins with ``=`` becomes a formula, an address a link."""

    def write(self, row, column, cell_value, style=None):
        """Write text as text."""
        if isinstance(cell_value, str):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class TextXlsxWriter(TextWriter, ExportXlsxWriter):
    pass


class TextGroupXlsxWriter(TextWriter, GroupExportXlsxWriter):
    pass


class OutsourcingExcelExport(ExcelExport):
    """As core does, with the writers above."""

    def from_group_data(self, fields, columns_headers, groups):
        """Return the workbook of a grouped list."""
        with TextGroupXlsxWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value

    def from_data(self, fields, columns_headers, rows):
        """Return the workbook of a list."""
        with TextXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value


class OutsourcingCSVExport(CSVExport):
    """Core disarms three of the signs that begin a formula."""

    def from_data(self, fields, columns_headers, rows):
        """Return the text of a list."""
        headers = [defuse(header) for header in columns_headers]
        return super().from_data(fields, headers, [[defuse(value) for value in row] for row in rows])


class OutsourcingPivotExport(TableExporter):
    """Titles of a pivot are what people typed, too."""

    @route()
    def export_xlsx(self, data, **kw):
        """Send the workbook of a pivot."""
        table = json.load(data) if hasattr(data, "read") else json.loads(data)
        shown = {key: _defuse_all(table[key]) for key in CELLS if key in table}
        return super().export_xlsx(json.dumps({**table, **shown}), **kw)


def _defuse_all(value):
    if isinstance(value, dict):
        return {key: _defuse_all(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_defuse_all(item) for item in value]
    return defuse(value)
