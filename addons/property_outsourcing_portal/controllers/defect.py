from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from .mixin import OutsourcingPortalMixin


class OutsourcingDefectPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.defect"
    _section = "defects"
    _detail_template = "property_outsourcing_portal.portal_defect"
    _new_template = "property_outsourcing_portal.portal_defect_new"
    _badge_by_state = {"open": "grey", "assigned": "red", "rectified": "blue", "closed": "green"}

    def _get_title(self):
        return request.env._("Rectifications")

    def _get_domain(self):
        return request.env[self._model]._get_portal_domain()

    def _get_filters(self):
        return {
            "open": (request.env._("To do"), Domain([("state", "=", "assigned")])),
            "found": (request.env._("Reported"), Domain([("state", "=", "open")])),
            "rectified": (request.env._("Being checked"), Domain([("state", "=", "rectified")])),
            "closed": (request.env._("Closed"), Domain([("state", "=", "closed")])),
        }

    def _prepare_row(self, record):
        waits = record.state in ("open", "assigned")
        text, css = self._format_deadline(record.date_deadline) if waits else ("", "")
        place = record.equipment_id.name or record.location_id.name
        return {
            "url": self._get_url(record),
            "title": record.title,
            "subtitle": " · ".join(filter(None, (record.name, record.community_id.name, place))),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        mine = doc.contractor_id == request.env.user.partner_id.commercial_partner_id
        photos = record._portal_get_evidence()
        line = doc.inspection_line_id.with_env(request.env)
        after = photos.filtered(lambda row: row.phase == "after")
        fresh = after.filtered(lambda row: doc.date_assigned and row.date_received >= doc.date_assigned)
        return {
            "page_title": doc.title,
            "badge_class": self._get_badge(doc.state),
            "before": (photos - after) | line._portal_get_evidence(),
            "after": after,
            "fresh": fresh if doc.state == "assigned" else after,
            "may_rectify": mine and doc.state == "assigned",
            "people": request.env.user._get_outsourcing_people(),
            "deadline": self._format_deadline(doc.date_deadline, done=doc.state in ("rectified", "closed")),
        }

    @route(
        ["/my/outsourcing/defects", "/my/outsourcing/defects/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_defects(self, page=1, tab=None, **kwargs):
        """List what the firm has to rectify, the most urgent first."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/defects/new",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_defect_new(self, **kwargs):
        """Show the problem feedback form."""
        return self._show_new()

    def _get_new_title(self):
        return request.env._("Report a problem")

    def _may_create(self):
        return super()._may_create() or "representative" in self._get_roles()

    def _get_owner_places(self):
        """Return the running contracts that serve communities the user represents: (contract, community)."""
        return request.env.user._get_outsourcing_services()

    def _prepare_new_values(self):
        contracts = self._get_contracts()
        return {
            "contracts": contracts.sudo(),  # found under the user's own access
            "owner_places": self._get_owner_places() if not contracts else [],
            "severities": request.env[self._model]._fields["severity"]._description_selection(request.env),
        }

    @route(
        "/my/outsourcing/defects/create",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def outsourcing_defect_create(self, place="", description="", severity="", **kwargs):
        """Hand in the problem feedback form with its photos."""
        form = {"place": place, "description": description, "severity": severity}

        def create():
            owned = {f"{c.id}-{m.id}": (c, m) for c, m in self._get_owner_places()}.get(place)
            contract, vals = (owned[0], {}) if owned else self._get_place(place)
            vals["description"] = self._to_text(description)
            field = request.env[self._model]._fields["severity"]
            if severity in field.get_values(request.env):
                vals["severity"] = severity
            files = self._get_files("files")
            if owned:
                defects = request.env[self._model]
                return defects._portal_report_for_owners(contract, owned[1].id, vals, files)
            return request.env[self._model]._portal_report(contract, vals, files)

        return self._create(create, form, request.env._("Reported. The supervisor decides what follows."))

    @route(
        "/my/outsourcing/defects/<int:defect_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_defect(self, defect_id, **kwargs):
        """Show a defect with its photos, and the form to report it rectified."""
        return self._show_detail(self._get_record(defect_id))

    @route(
        "/my/outsourcing/defects/<int:defect_id>/rectify",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_defect_rectify(self, defect_id, note="", performer_id="", **kwargs):
        """Report that the defect is rectified; photos uploaded before count."""
        record = self._get_record(defect_id)
        note = self._to_text(note)

        def rectify():
            if not note:
                raise UserError(request.env._("Write what was done."))
            record._portal_rectify(note, self._get_files("files"), self._get_person(performer_id))

        form = {"note": note, "performer_id": self._to_int(performer_id)}
        return self._change(record, rectify, request.env._("Reported as rectified."), form)
