from functools import partial

from odoo import models

from ...tools import in_brackets, join_names, labelled, paper_date, set_in_chinese
from .trade_time import get_zone

PAPERS = (in_brackets, join_names, labelled, paper_date)


class IrActionsReport(models.Model):
    """What the suite prints shows the days and hours of the company, whoever prints it.

    Its templates write lists, brackets and days by the functions of ``tools/papers.py``,
    in the language of the paper: ``join_names(names)``, ``paper_date(day)`` ... What gaps and half-width
    signs they leave all the same are set as Chinese is when the page is rendered.
    """

    _inherit = "ir.actions.report"

    def _render_template(self, template, values=None):
        docs = (values or {}).get("docs")
        if docs and template.startswith("property_outsourcing"):
            docs.check_access("read")  # what follows reads as superuser, and what it reads stays in the cache
            zone = get_zone(docs)
            words = {word.__name__: partial(word, docs.env) for word in PAPERS}
            values = {**values, **words, "docs": docs.with_context(tz=zone)}
            page = super(IrActionsReport, self.with_context(tz=zone))._render_template(template, values)
            return set_in_chinese(page.decode()).encode()
        return super()._render_template(template, values)
