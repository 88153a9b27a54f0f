from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import plain_number

from .mixin import OutsourcingPortalMixin

ANSWER_KEYS = ("result", "value", "note")


class OutsourcingInspectionPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.inspection"
    _section = "inspections"
    _detail_template = "property_outsourcing_portal.portal_inspection"
    _badge_by_state = {"planned": "grey", "in_progress": "blue", "done": "green", "missed": "red"}

    def _get_title(self):
        return request.env._("Inspections")

    def _get_domain(self):
        return request.env[self._model]._get_portal_domain()

    def _get_filters(self):
        today = trade_today(request.env.user)
        firm = request.env.user.partner_id.commercial_partner_id
        filters = {
            "due": (
                request.env._("To do"),
                Domain(
                    [
                        ("state", "in", ("planned", "in_progress")),
                        ("date_planned", "<=", today),
                        ("party_partner_id", "=", firm.id),
                    ]
                ),
            ),
            "coming": (
                request.env._("Coming"),
                Domain([("state", "=", "planned"), ("date_planned", ">", today)]),
            ),
            "done": (request.env._("Done"), Domain([("state", "=", "done")])),
            "missed": (request.env._("Missed"), Domain([("state", "=", "missed")])),
        }
        if not self._get_roles() & {"contractor", "third_party"}:
            filters = {"done": filters["done"], "all": (request.env._("All"), Domain.TRUE)}
        return filters

    def _get_order(self):
        return (
            "date_due, id"
            if request.params.get("tab") in (None, "due", "coming")
            else "date_planned desc, id desc"
        )

    def _prepare_row(self, record):
        done = record.state in ("done", "missed") or record.is_late_born  # nobody is late with that
        # what is over shows its day in the line above
        text, css = ("", "") if done else self._format_deadline(record.date_due)
        badge, badge_class = self._get_label(record, "state"), self._get_badge(record.state)
        if record.state == "done" and record.result == "fail":
            badge, badge_class = request.env._("%s failed", record.failed_count), self._get_badge("missed")
        return {
            "url": self._get_url(record),
            "title": record.equipment_id.name or record.location_id.display_name or record.checklist_id.name,
            "subtitle": " · ".join(
                filter(
                    None,
                    (
                        self._get_label(record, "kind"),
                        record.community_id.name,
                        self._format_date(record.date_planned),
                    ),
                )
            ),
            "badge": badge,
            "badge_class": badge_class,
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        firm = request.env.user.partner_id.commercial_partner_id
        mine = bool(doc.party_partner_id) and doc.party_partner_id.commercial_partner_id == firm
        other = record._is_draft_of_other()
        lines = doc.line_ids.browse() if other or doc.state == "in_progress" and not mine else doc.line_ids
        rows = lines.with_env(request.env)._portal_get_evidence()
        earliest = doc._get_earliest_start()
        return {
            "badge_class": self._get_badge(doc.state),
            "page_title": doc.equipment_id.name or doc.location_id.display_name or doc.checklist_id.name,
            "is_mine": mine,
            "is_other": other and mine,
            "may_start": mine and doc.state == "planned" and earliest <= trade_today(record),
            "earliest": earliest,
            "may_fill": mine and doc.state == "in_progress" and not other,
            "lines": lines,
            "photos": rows.grouped("res_id"),
            "own_photos": record._portal_get_evidence(),
            "people": request.env.user._get_outsourcing_people(),
        }

    @route(
        ["/my/outsourcing/inspections", "/my/outsourcing/inspections/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_inspections(self, page=1, tab=None, **kwargs):
        """List the inspections the firm performs, or those of a representative's communities."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/inspections/<int:inspection_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_inspection(self, inspection_id, **kwargs):
        """Show an inspection, to be filled in by whoever performs it."""
        return self._show_detail(self._get_record(inspection_id))

    @route(
        "/my/outsourcing/inspections/<int:inspection_id>/start",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_inspection_start(self, inspection_id, performer_id="", **kwargs):
        """Open the record for the person who does the work."""
        record = self._get_record(inspection_id)
        return self._change(
            record, lambda: record._portal_start(self._get_person(performer_id)), request.env._("Started.")
        )

    @route(
        "/my/outsourcing/inspections/<int:inspection_id>/takeover",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_inspection_takeover(self, inspection_id, performer_id="", **kwargs):
        """Continue what a colleague has begun; it stays on record who began it."""
        record = self._get_record(inspection_id)
        return self._change(
            record,
            lambda: record._portal_take_over(self._get_person(performer_id)),
            request.env._("You continue this inspection."),
        )

    @route(
        "/my/outsourcing/inspections/<int:inspection_id>/answer",
        type="jsonrpc", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_inspection_answer(self, inspection_id, line_id=None, answer=None):
        """Keep one answer as soon as it is given; answer with the progress or with one sentence."""
        record = request.env[self._model].browse(self._to_int(inspection_id)).exists()
        if not record or not record.has_access("read"):
            return {"error": request.env._("Not found.")}
        answer = answer if isinstance(answer, dict) else {}
        clean = {key: answer[key] for key in ANSWER_KEYS if isinstance(answer.get(key), str | int | float)}
        if "note" in clean:
            clean["note"] = self._to_text(clean["note"], 500)
        error = self._attempt(lambda: record._portal_save({self._to_int(line_id): clean}))
        doc = record.sudo()  # read access was checked
        line = doc.line_ids.filtered(lambda line: line.id == self._to_int(line_id))
        return {
            "error": error,
            "result": line.result or "",
            "answered": doc.answered_count,
            "total": doc.line_count,
        }

    @route(
        "/my/outsourcing/inspections/<int:inspection_id>/together",
        type="jsonrpc", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_inspection_together(self, inspection_id, line_ids=None, passed=True, **kwargs):
        """Pass the open items that are judged by eye, or take that back; answer which hold what now."""
        record = request.env[self._model].browse(self._to_int(inspection_id)).exists()
        if not record or not record.has_access("read"):
            return {"error": request.env._("Not found.")}
        ids = [self._to_int(line_id) for line_id in line_ids] if isinstance(line_ids, list) else []
        error = self._attempt(lambda: record._portal_pass_together(ids, bool(passed)))
        lines = record.sudo().line_ids.filtered(lambda line: line.id in ids)  # read access was checked
        return {"error": error, "results": {line.id: line.result or "" for line in lines}}

    @route(
        "/my/outsourcing/inspections/<int:inspection_id>/save",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_inspection_save(self, inspection_id, **post):
        """Keep all answers of the form, also without JavaScript."""
        record = self._get_record(inspection_id)
        return self._change(record, lambda: self._save_form(record, post), request.env._("Saved."), post)

    @route(
        "/my/outsourcing/inspections/<int:inspection_id>/submit",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_inspection_submit(self, inspection_id, **post):
        """Keep the answers, then hand the record in; answers stay when it is not complete."""
        record = self._get_record(inspection_id)
        success = request.env._("Handed in. Thank you.")

        def submit():
            self._pointing_at(record._portal_submit, lambda: self._find_gaps(record))

        return self._change(record, submit, success, post, first=lambda: self._save_form(record, post))

    def _find_gaps(self, record):
        lines = record.sudo().line_ids  # _save_form has checked the party
        missing = {line: line._get_missing(line.result) for line in lines if line.result}
        unanswered = request.env._("%s: not answered yet.")
        return [
            (f"item_{line.id}", missing.get(line) or unanswered % line.display_name)
            for line in lines
            if not line.result or missing[line]
        ]

    def _save_form(self, record, post):
        """Store what the form holds: ``result_<id>``, ``value_<id>``, ``note_<id>`` and ``files_<id>``."""
        record._take_back_missed()
        record._check_may_edit()
        answers = {}
        for name, value in post.items():
            key, _sep, line_id = name.rpartition("_")
            if key in ANSWER_KEYS and self._to_int(line_id):
                answers.setdefault(int(line_id), {})[key] = self._to_text(value, 500)
        for name in request.httprequest.files:
            key, _sep, line_id = name.rpartition("_")
            if key == "files" and self._to_int(line_id) and (files := self._get_files(name)):
                answers.setdefault(int(line_id), {})["files"] = files
        lines = record.sudo().line_ids.grouped("id")  # _check_may_edit has checked the party
        unknown = set(answers) - set(lines)
        if unknown:
            raise UserError(request.env._("This item does not belong to %s.", record.display_name))
        record._portal_save(
            {key: vals for key, vals in answers.items() if self._is_changed(lines[key], vals)}
        )

    def _is_changed(self, line, vals):
        if vals.get("files"):
            return True
        measured = plain_number(line.value) if line.is_measured else ""
        known = {"result": line.result or "", "note": line.note or "", "value": measured}
        return any(vals[key] != known[key] for key in ANSWER_KEYS if key in vals)
