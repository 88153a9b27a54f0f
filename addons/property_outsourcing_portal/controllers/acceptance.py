from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from .mixin import OutsourcingPortalMixin

ANSWER_KEYS = ("result", "value", "note")


class OutsourcingAcceptancePages(OutsourcingPortalMixin, Controller):
    """Acceptances by levels: self-check, third party, owners' witness."""

    _model = "outsourcing.acceptance"
    _section = "acceptances"
    _detail_template = "property_outsourcing_portal.portal_acceptance"
    _new_template = "property_outsourcing_portal.portal_acceptance_new"
    _badge_by_state = {
        "self_check": "blue",
        "property_check": "blue",
        "third_party_check": "blue",
        "rework": "red",
        "accepted": "green",
        "rejected": "red",
    }

    def _get_title(self):
        return request.env._("Acceptances")

    def _get_domain(self):
        return [("method", "=", "levels")]

    def _get_filters(self):
        return {
            "open": (request.env._("Under way"), Domain([("state", "not in", ("accepted", "rejected"))])),
            "done": (request.env._("Finished"), Domain([("state", "in", ("accepted", "rejected"))])),
        }

    def _get_record(self, record_id, model=None):
        record = super()._get_record(record_id, model)
        if record.method != "levels":
            raise request.not_found()
        return record

    def _may_create(self):
        return super()._may_create() and bool(self._get_rows())

    def _get_rows(self):
        """Return the payment rows the contractor may put forward now."""
        rows = self._get_milestones(("milestone", "completion"), ("active", "completed"))
        busy = request.env[self._model].search(
            [("milestone_id", "in", rows.ids), ("state", "not in", ("accepted", "rejected"))]
        )
        return rows - busy.milestone_id

    def _get_new_title(self):
        return request.env._("Apply for acceptance")

    def _prepare_new_values(self):
        return {"milestones": self._get_rows().sudo()}  # found under the user's own access

    def _prepare_row(self, record):
        done = record.state in ("accepted", "rejected")
        text, css = self._format_deadline(record.date_deadline, done=done)
        return {
            "url": self._get_url(record),
            "title": record.title,
            "subtitle": " · ".join(filter(None, (record.name, record.community_id.name))),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": "" if done else text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        user = request.env.user
        firm = user.partner_id.commercial_partner_id
        due = doc._get_due_stages().filtered(lambda stage: doc._is_party(stage.level, user))[:1]
        is_contractor = doc.contractor_id == firm
        return {
            "page_title": doc.title,
            "badge_class": self._get_badge(doc.state),
            "stages": doc.current_stage_ids,
            "due_stage": due,
            "is_contractor": is_contractor,
            "may_check": is_contractor and doc.state in ("self_check", "rework"),
            "may_resubmit": is_contractor and doc.state == "rework",
            "may_add_photos": bool(due) or (is_contractor and doc.state in ("self_check", "rework")),
            "photos": record._portal_get_evidence(),
            "signer_name": user.name,
            "works": doc.concealed_ids.filtered(lambda work: work.with_user(user).has_access("read")),
        }

    @route(
        ["/my/outsourcing/acceptances", "/my/outsourcing/acceptances/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_acceptances(self, page=1, tab=None, **kwargs):
        """List the acceptances the person is a party of."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/acceptances/new",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_acceptance_new(self, **kwargs):
        """Ask which payment row is put forward."""
        return self._show_new()

    @route(
        "/my/outsourcing/acceptances/create",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_acceptance_create(self, milestone_id="", note="", **kwargs):
        """Apply for the acceptance of a payment row."""
        form = {"milestone_id": self._to_int(milestone_id), "note": note}

        def create():
            row = self._get_rows().filtered(lambda row: row.id == form["milestone_id"])
            if not row:
                raise UserError(request.env._("Choose what is put forward."))
            return request.env[self._model]._portal_request(row, note=self._to_text(note))

        return self._create(create, form, request.env._("Applied for. Now sign your self-check."))

    @route(
        "/my/outsourcing/acceptances/<int:acceptance_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_acceptance(self, acceptance_id, **kwargs):
        """Show the levels of an acceptance, and the place to sign for whom it waits."""
        return self._show_detail(self._get_record(acceptance_id))

    @route(
        "/my/outsourcing/acceptances/<int:acceptance_id>/check",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_acceptance_check(self, acceptance_id, **post):
        """Keep the contractor's own findings."""
        record = self._get_record(acceptance_id)
        return self._change(record, lambda: self._save_form(record, post), request.env._("Saved."), post)

    def _save_form(self, record, post):
        """Keep the findings and, without JavaScript, the photos that came with the form."""
        if answers := self._read_answers(post):
            record._portal_save_lines(answers)
        if files := self._get_files("files"):
            record._portal_add_evidence(files)

    def _read_answers(self, post):
        answers = {}
        for name, value in post.items():
            key, _sep, line_id = name.rpartition("_")
            if key in ANSWER_KEYS and self._to_int(line_id):
                answers.setdefault(int(line_id), {})[key] = self._to_text(value, 500)
        return answers

    @route(
        "/my/outsourcing/acceptances/<int:acceptance_id>/sign",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_acceptance_sign(
        self, acceptance_id, result="", comment="", signature="", signer_name="", **post
    ):
        """Keep what the form holds, then sign at the place that waits for this person."""
        record = self._get_record(acceptance_id)

        unanswered = request.env._("%s: not answered yet.")

        def find_gaps():
            gaps = record._portal_get_unanswered()
            return [(f"item_{line.id}", unanswered % line.display_name) for line in gaps]

        def check():
            if result == "pass":
                self._pointing_at(record._portal_check_answered, find_gaps)

        return self._sign(
            record,
            result,
            comment,
            signature,
            signer_name,
            first=lambda: self._save_form(record, post),
            check=check,
        )

    @route(
        "/my/outsourcing/acceptances/<int:acceptance_id>/resubmit",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_acceptance_resubmit(self, acceptance_id, comment="", **kwargs):
        """Put repaired work forward again."""
        record = self._get_record(acceptance_id)
        comment = self._to_text(comment)
        success = request.env._("Put forward again. Now sign your self-check.")
        return self._change(record, lambda: record._portal_resubmit(comment), success, {"comment": comment})
