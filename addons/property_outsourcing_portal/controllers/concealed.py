from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from .mixin import OutsourcingPortalMixin

KEYS = ("title", "location", "quantity", "requirement", "finding")


class OutsourcingConcealedPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.concealed.work"
    _section = "concealed"
    _detail_template = "property_outsourcing_portal.portal_concealed"
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
            "open": (request.env._("Running"), Domain([("state", "not in", ("covered", "unaccepted"))])),
            "done": (request.env._("Finished"), Domain([("state", "in", ("covered", "unaccepted"))])),
        }

    def _prepare_list_values(self):
        may_create = "contractor" in request.env.user._get_outsourcing_roles() and self._get_milestones()
        return {
            "create_url": may_create and "/my/outsourcing/concealed/new",
            "create_label": request.env._("New concealed work"),
        }

    def _get_milestones(self):
        rows = request.env["outsourcing.contract.milestone"]
        if not rows.has_access("read"):
            return rows
        firm = request.env.user.partner_id.commercial_partner_id
        running = [("contract_id.contractor_id", "=", firm.id), ("contract_id.state", "=", "active")]
        return rows.search([*running, ("kind", "!=", "period"), ("date_accepted", "=", False)])

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
        doc = record.sudo()
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

    def _show_new(self, error=None, form=None):
        values = {
            "milestones": self._get_milestones().sudo(),  # found under the user's own access
            "error": error,
            "form": form or {},
            "page_title": request.env._("New concealed work"),
            "back_url": "/my/outsourcing/concealed",
        }
        return self._render("property_outsourcing_portal.portal_concealed_new", values)

    @route(
        "/my/outsourcing/concealed/create",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_create(self, milestone_id="", **post):
        """Open a concealed work."""
        work = request.env[self._model]
        vals = {key: self._to_text(post.get(key)) for key in KEYS}

        def create():
            nonlocal work
            row = self._get_milestones().filtered(lambda row: row.id == self._to_int(milestone_id))
            if not row:
                raise UserError(request.env._("Choose the part of the contract."))
            work = request.env[self._model]._portal_create(row, vals)

        error = self._attempt(create)
        if error:
            return self._show_new(error, {**vals, "milestone_id": self._to_int(milestone_id)})
        return self._redirect(
            self._get_url(work), request.env._("Created. Take the photos, then give the notice.")
        )

    @route(
        "/my/outsourcing/concealed/<int:work_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_work(self, work_id, **kwargs):
        """Show notice, photos and signatures of a concealed work."""
        return self._show_detail(self._get_record(work_id))

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
            record._portal_notify(when, str(signature) or None, form["signer_name"], form["comment"])

        return self._change(record, notify, request.env._("The notice is given."), form)

    @route(
        "/my/outsourcing/concealed/<int:work_id>/sign",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_sign(
        self, work_id, result="", comment="", signature="", signer_name="", **kwargs
    ):
        """Sign at the place that waits for this person."""
        record = self._get_record(work_id)
        form = {
            "result": result,
            "comment": self._to_text(comment),
            "signer_name": self._to_text(signer_name, 80),
        }

        def sign():
            record._portal_sign(result, form["comment"], str(signature) or None, form["signer_name"])

        return self._change(record, sign, request.env._("Signed. Thank you."), form)

    @route(
        "/my/outsourcing/concealed/<int:work_id>/cover",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_concealed_cover(self, work_id, **kwargs):
        """Record that the accepted work is covered."""
        record = self._get_record(work_id)
        return self._change(record, record._portal_cover, request.env._("Recorded as covered."))
