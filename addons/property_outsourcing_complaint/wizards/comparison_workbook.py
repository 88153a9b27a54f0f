"""The figures of complaints as a workbook; behind each rate stand what was counted and out of what."""

import io

import xlsxwriter

FONT = "Noto Sans CJK SC"
SHEETS = ("community_id", "contractor_id", "category_id", "month:month")
COUNTS = (
    "reports", "complaints", "households", "answered", "answer_hours", "finished", "finish_hours", "late",
    "handled", "returned", "confirmed", "rated", "stars",
)  # fmt: skip
RATES = ("report_rate", "complaint_rate", "mean_answer", "mean_finish", "late_rate", "return_rate",
         "confirm_rate", "mean_stars")  # fmt: skip


def render_workbook(comparison):
    """Return the bytes of the workbook of an ``outsourcing.complaint.comparison``."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        base = {"font_name": FONT, "font_size": 10, "border": 1, "valign": "vcenter"}
        formats = {
            "head": workbook.add_format({**base, "bold": True, "bg_color": "#E7ECF3", "text_wrap": True}),
            "cell": workbook.add_format(base),
            "rate": workbook.add_format({**base, "num_format": "0.00"}),
            "percent": workbook.add_format({**base, "num_format": "+0.0%;-0.0%;0.0%"}),
        }
        _write_comparison(workbook, formats, comparison)
        for spec in SHEETS:
            _write_figures(workbook, formats, comparison, spec)
    return buffer.getvalue()


def _write_comparison(workbook, formats, comparison):
    _ = comparison.env._
    sheet = workbook.add_worksheet(_("Before and after"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 7, 16)
    labels = (
        _("Community"), _("Before"), _("Households × Months before"), _("Rate before"), _("After"),
        _("Households × Months after"), _("Rate after"), _("Change"),
    )  # fmt: skip
    sheet.write_row(0, 0, labels, formats["head"])
    lines = comparison.line_ids
    rows = [
        (
            line.community_id.name,
            line.before_count,
            line.before_households,
            line.after_count,
            line.after_households,
        )
        for line in lines
    ]
    total = [sum(values) for values in zip(*(row[1:] for row in rows), strict=True)] or [0] * 4
    for number, (name, before, before_whole, after, after_whole) in enumerate(
        [*rows, (_("Total"), *total)], start=2
    ):
        sheet.write_row(number - 1, 0, (name, before, before_whole), formats["cell"])
        sheet.write_row(number - 1, 4, (after, after_whole), formats["cell"])
        old = before * 1000 / before_whole if before_whole else 0
        new = after * 1000 / after_whole if after_whole else 0
        sheet.write_formula(f"D{number}", f"=IF(C{number},B{number}*1000/C{number},0)", formats["rate"], old)
        sheet.write_formula(f"G{number}", f"=IF(F{number},E{number}*1000/F{number},0)", formats["rate"], new)
        change = (new - old) / old if old else ""
        sheet.write_formula(
            f"H{number}", f'=IF(D{number},(G{number}-D{number})/D{number},"")', formats["percent"], change
        )
    sheet.freeze_panes(1, 1)


def _write_figures(workbook, formats, comparison, spec):
    """Write the figures of both sides by ``spec``, counts first, rates after them."""
    figures = comparison.env["outsourcing.complaint.figure"]
    name = spec.partition(":")[0]
    label = figures._fields[name]._description_string(comparison.env)
    sheet = workbook.add_worksheet(label[:31])
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(COUNTS) + len(RATES), 13)
    names = (*COUNTS, *RATES)
    labels = [figures._fields[column]._description_string(comparison.env) for column in names]
    sheet.write_row(0, 0, [label, *labels], formats["head"])
    specs = [f"{column}:sum" for column in COUNTS] + [f"{column}:avg" for column in RATES]
    rows = figures._read_group(comparison._get_figure_domain(), [spec], specs)
    for number, (group, *values) in enumerate(rows, start=1):
        shown = group.display_name if hasattr(group, "_name") else group and f"{group:%Y-%m}"
        sheet.write(number, 0, shown or comparison.env._("Not named"), formats["cell"])
        for column, value in enumerate(values, start=1):
            style = formats["cell" if column <= len(COUNTS) else "rate"]
            if value is None or value is False:
                sheet.write_blank(number, column, None, style)
            else:
                sheet.write_number(number, column, value, style)
    sheet.freeze_panes(1, 1)
