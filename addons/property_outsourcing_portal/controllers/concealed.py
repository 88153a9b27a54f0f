from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from .mixin import OutsourcingPortalMixin

KEYS = ("title", "location", "quantity", "requirement", "finding")


class OutsourcingConcealedPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.concealed.work"
    _section = "concealed"
    _detail_template = "property_outsourcing_portal.portal_concealed"
    _new_template = "property_outsourcing_portal.portal_concealed_new"
    _badge_by_state = {
        "notified": "blue",
        "accepted": "green",
        "covered": "green",
        "rejected": "red",
        "unaccepted": "red",
    }

    def _get_title(self):
        return request.env._("Concealed works")

    def _get_domain(self):
        return request.env[self._model]._get_portal_domain()

    def _get_filters(self):
        return {
            "open": (request.env._("Under way"), Domain([("state", "not in", ("covered", "unaccepted"))])),
            "done": (request.env._("Finished"), Domain([("state", "in", ("covered", "unaccepted"))])),
        }

    def _may_create(self):
        return super()._may_create() and bool(self._get_rows())

    def _get_rows(self):
        return self._get_milestones(("milestone", "advance", "completion"))

    def _get_new_title(self):
        return request.env._("New concealed work")

    def _prepare_new_values(self):
        return {"milestones": self._get_rows().sudo()}  # found under the user's own access

    def _format_local(self, value):
        return value and request.env["ir.qweb.field.datetime"].value_to_html(value, {"hide_seconds": True})

    def _prepare_row(self, record):
        return {
            "url": self._get_url(record),
            "title": record.title,
            "subtitle": " · ".join(filter(None, (record.name, record.community_id.name, record.location))),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": self._format_local(record.planned_date) if record.state == "notified" else "",
            "due_class": "text-danger fw-bold" if record.is_late else "text-muted",
        }

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        user = request.env.user
        mine = doc.contractor_id == user.partner_id.commercial_partner_id
        due = doc._get_due_stages().filtered(lambda stage: doc._is_party(stage.level, user))[:1]
        earliest = doc._get_earliest_inspection()
        return {
            "page_title": doc.title,
            "badge_class": self._get_badge(doc.state),
            "photos": record._portal_get_evidence(),
            "stages": doc.current_stage_ids,
            "due_stage": due,
            "is_contractor": mine,
            "may_edit": mine and doc.state in ("draft", "rejected"),
            "may_discard": mine and doc.state == "draft" and not doc.round and not doc.date_laid_open,
            "may_withdraw": mine and doc.state == "notified",
            "may_notify": mine and doc.state in ("draft", "rejected"),
            "may_cover": mine and doc.state == "accepted",
            "may_add_photos": (mine and doc._takes_evidence()) or bool(due),
            "earliest": self._format_local(earliest),
            "notice_hours": doc.company_id.outsourcing_concealed_notice_hours,
            "signer_name": user.name,
        }

    @route(
        ["/my/outsourcing/concealed", "/my/outsourcing/concealed/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_works(self, page=1, tab=None, **kwargs):
        """List the concealed works the person has to do with."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/concealed/new",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_new(self, **kwargs):
        """Show the form of a new concealed work."""
        return self._show_new()

    @route(
        "/my/outsourcing/concealed/create",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_create(self, milestone_id="", **post):
        """Open a concealed work."""
        vals = {key: self._to_text(post.get(key)) for key in KEYS}
        form = {**vals, "milestone_id": self._to_int(milestone_id)}

        def create():
            row = self._get_rows().filtered(lambda row: row.id == form["milestone_id"])
            if not row:
                raise UserError(request.env._("Choose the part of the contract."))
            return request.env[self._model]._portal_create(row, vals)

        return self._create(create, form, request.env._("Created. Take the photos, then give the notice."))

    @route(
        "/my/outsourcing/concealed/<int:work_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_work(self, work_id, **kwargs):
        """Show notice, photos and signatures of a concealed work."""
        return self._show_detail(self._get_record(work_id))

    @route(
        "/my/outsourcing/concealed/<int:work_id>/save",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_save(self, work_id, **post):
        """Change the draft."""
        record = self._get_record(work_id)
        vals = {key: self._to_text(post[key]) for key in KEYS if key in post}
        return self._change(record, lambda: record._portal_save(vals), request.env._("Saved."), vals)

    @route(
        "/my/outsourcing/concealed/<int:work_id>/discard",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_discard(self, work_id, **kwargs):
        """Throw away a draft without photos."""
        record = self._get_record(work_id)
        return self._change(
            record, record._portal_discard, request.env._("Thrown away."), url=self._get_list_url()
        )

    @route(
        "/my/outsourcing/concealed/<int:work_id>/withdraw",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_withdraw(self, work_id, reason="", **kwargs):
        """Withdraw the notice before anybody came."""
        record = self._get_record(work_id)
        form = {"reason": self._to_text(reason, 2000)}
        success = request.env._("The notice is withdrawn; who was expected has been told.")
        return self._change(record, lambda: record._portal_withdraw(form["reason"]), success, form)

    @route(
        "/my/outsourcing/concealed/<int:work_id>/notify",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_notify(
        self, work_id, planned_date="", signature="", signer_name="", comment="", **kwargs
    ):
        """Give the notice and sign the self-check."""
        record = self._get_record(work_id)
        form = {
            "planned_date": self._to_text(planned_date, 20),
            "comment": self._to_text(comment),
            "signer_name": self._to_text(signer_name, 80),
        }

        def notify():
            when = self._to_local_datetime(planned_date)
            record._portal_notify(when, self._to_signature(signature), form["signer_name"], form["comment"])

        return self._change(record, notify, request.env._("The notice is given."), form)

    @route(
        "/my/outsourcing/concealed/<int:work_id>/sign",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_sign(
        self, work_id, result="", comment="", signature="", signer_name="", **kwargs
    ):
        """Sign at the place that waits for this person."""
        return self._sign(self._get_record(work_id), result, comment, signature, signer_name)

    @route(
        "/my/outsourcing/concealed/<int:work_id>/cover",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_cover(self, work_id, **kwargs):
        """Record that the accepted work is covered."""
        record = self._get_record(work_id)
        return self._change(record, record._portal_cover, request.env._("Recorded as covered."))
