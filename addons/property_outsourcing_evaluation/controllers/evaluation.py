from functools import partial

from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing_portal.controllers.mixin import OutsourcingPortalMixin

from .appeal import AppealMixin

FACTS = 200  # one page; the sum says how many there are


class OutsourcingEvaluationPages(AppealMixin, OutsourcingPortalMixin, Controller):
    """The quarters of a contractor: every figure with its facts, every point lost, the appeal."""

    _model = "outsourcing.evaluation"
    _section = "evaluations"
    _detail_template = "property_outsourcing_evaluation.portal_evaluation"
    _badge_by_state = {"preview": "yellow", "appealed": "blue", "final": "green"}

    def _get_title(self):
        return request.env._("Evaluations")

    def _get_filters(self):
        waiting = request.env.user._get_waiting_evaluation_domain(trade_today(request.env.user))
        return {
            "all": (request.env._("All"), Domain.TRUE),
            "open": (request.env._("Open to appeal"), Domain(waiting)),
            "final": (request.env._("Final"), Domain("state", "=", "final")),
        }

    def _prepare_row(self, record):
        may_appeal = record._may_be_appealed()
        text, css = self._format_deadline(record.appeal_deadline) if may_appeal else ("", "")
        score = f"{record.score:g}" if record.is_graded else ""
        return {
            "url": self._get_url(record),
            "title": " · ".join((record.period_label, record.service_type_id.name)),
            "subtitle": record.name,
            "figure": " ".join(filter(None, (score, record.grade_id.name))),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        evaluation = record.sudo()  # read access was checked by _get_record
        mine = evaluation.contractor_id == request.env.user.partner_id.commercial_partner_id
        return {
            "page_title": evaluation.period_label,
            "badge_class": self._get_badge(evaluation.state),
            "charts": evaluation.charts,
            # a person of the firm may see some of its contracts alone; sudo: names and grades of those
            "contract_rows": evaluation.row_ids.sudo(False)._filtered_access("read").sudo(),
            "may_appeal": mine and evaluation._may_be_appealed(),
            "accept": self._appeal_accept,
        }

    @route(
        ["/my/outsourcing/evaluations", "/my/outsourcing/evaluations/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_evaluations(self, page=1, tab=None, **kwargs):
        """List the quarters of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/evaluations/<int:evaluation_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_evaluation(self, evaluation_id, **kwargs):
        """Show score, grade, every criterion with what it rests on, and the form to appeal."""
        return self._show_detail(self._get_record(evaluation_id))

    @route(
        "/my/outsourcing/evaluations/<int:evaluation_id>/facts/<int:line_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_evaluation_facts(self, evaluation_id, line_id, **kwargs):
        """List the facts a figure is made of, with a link where the firm has a page for the source."""
        record = self._get_record(evaluation_id)
        # sudo: read access to the evaluation was checked; it is told what it is judged by
        line = record.sudo().line_ids.filtered(lambda line: line.id == line_id and line.method == "facts")
        if not line:
            raise request.not_found()
        facts = line._search_facts(limit=FACTS)
        values = {
            "line": line,
            "facts": [self._describe_fact(fact) for fact in facts],
            "more": len(facts) == FACTS,
            "page_title": line.name,
            "record": record,
            "back_url": self._get_url(record),
        }
        return self._render("property_outsourcing_evaluation.portal_evaluation_facts", values)

    @route(
        "/my/outsourcing/evaluations/<int:evaluation_id>/appeal",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_evaluation_appeal(self, evaluation_id, reason="", **post):
        """Appeal against the criteria that were chosen, with photos and files."""
        record = self._get_record(evaluation_id)
        text = self._to_text(reason)
        lines = record.line_ids.filtered(lambda line: post.get(f"line_{line.id}"))
        success = request.env._("The appeal is lodged. Another manager has to answer it in time.")
        form = {"reason": text, **{f"line_{line.id}": "1" for line in lines}}
        return self._lodge_appeal(record, success, form, partial(record._portal_appeal, lines, text))

    @route(
        "/my/outsourcing/evaluations/<int:evaluation_id>/file/<int:attachment_id>",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_evaluation_file(self, evaluation_id, attachment_id, **kwargs):
        """Send a file of the appeal."""
        return self._send_appeal_file(self._get_record(evaluation_id), attachment_id)
