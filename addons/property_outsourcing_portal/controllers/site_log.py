import json

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .answer import OutsourcingGap
from .mixin import OutsourcingPortalMixin

PHASES = ("before", "during", "after")
FOCUS = {  # where the page asks for what is missing
    "content": "content",
    "performer_ids": "performers",
    "weather": "weather",
    "evidence_ids": "photos",
}
TEXTS = ("content", "problems", "temperature", "machinery", "material_arrivals", "safety_briefing")


class OutsourcingSiteLogPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.site.log"
    _section = "logs"
    _detail_template = "property_outsourcing_portal.portal_site_log"
    _new_template = "property_outsourcing_portal.portal_site_log_new"
    _badge_by_state = {"draft": "grey", "submitted": "blue", "reviewed": "green", "returned": "red"}

    def _get_title(self):
        return request.env._("Site logs")

    def _get_domain(self):
        return request.env[self._model]._get_portal_domain()

    def _get_filters(self):
        filters = {
            "open": (
                request.env._("To finish"),
                Domain([("state", "in", ("draft", "returned")), ("user_id", "=", request.env.uid)]),
            ),
            "submitted": (request.env._("Handed in"), Domain([("state", "in", ("submitted", "reviewed"))])),
            "all": (request.env._("All"), Domain.TRUE),
        }
        if "contractor" not in self._get_roles():
            filters.pop("open")
        return filters

    def _prepare_row(self, record):
        return {
            "url": self._get_url(record),
            "title": f"{self._format_date(record.date)} · {record.contract_id.title}",
            "subtitle": " · ".join(
                filter(None, (record.name, record.community_id.name, record.user_id.name))
            ),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": (record.content or "")[:40],
            "due_class": "text-muted",
        }

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        may_edit = doc.state in ("draft", "returned") and doc.user_id == request.env.user
        return {
            **self._prepare_form_values(doc.contract_id, doc.community_id),
            "page_title": doc.name,
            "badge_class": self._get_badge(doc.state),
            "may_edit": may_edit,
            "photos": record._portal_get_evidence(),
            **(self._prepare_former_values(record) if may_edit else {}),
        }

    def _prepare_former_values(self, record):
        """Return what can be copied from the log before: names of fields -> values, as the form has them."""
        former = record._portal_get_former().sudo()  # found under the user's own access
        people = request.env.user._get_outsourcing_people()
        copied = {key: former[key] for key in TEXTS if former[key]}
        copied["performer_ids"] = [person.id for person in former.performer_ids if person in people]
        copied["equipment_ids"] = former.equipment_ids.filtered("active").ids
        copied["headcount"] = former.headcount
        return {
            "former": former,
            "former_values": json.dumps({key: value for key, value in copied.items() if value}),
        }

    def _prepare_form_values(self, contract, community):
        """Return what the form offers to choose from; ``contract`` and ``community`` are in sudo."""
        env = contract.env
        equipment = env["maintenance.equipment"].search([("outsourcing_community_id", "=", community.id)])
        return {
            "people": request.env.user._get_outsourcing_people(),
            "equipment": equipment,
            "weathers": request.env[self._model]._fields["weather"]._description_selection(request.env),
            "today": trade_today(request.env.user),
            "is_works": contract.kind == "works",
        }

    @route(
        ["/my/outsourcing/logs", "/my/outsourcing/logs/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_logs(self, page=1, tab=None, **kwargs):
        """List the logs of the firm; drafts are shown to their author only."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/logs/new",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def outsourcing_log_new(self, **kwargs):
        """Ask which contract and community the new log is for."""
        return self._show_new()

    def _get_new_title(self):
        return request.env._("New log")

    def _prepare_new_values(self):
        contracts = self._get_contracts()
        written = request.env[self._model]._portal_get_written(contracts)
        known = {
            f"{contract}-{community}|{day}": {
                "url": self._get_url(log),
                "name": log.sudo().name,  # found under the user's own access
                "works": log.sudo().contract_kind == "works",
            }
            for (contract, community, day), log in written.items()
        }
        return {
            "contracts": contracts.sudo(),  # found under the user's own access
            "today": trade_today(request.env.user),
            "written": json.dumps(known),
        }

    @route(
        "/my/outsourcing/logs/create", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )
    def outsourcing_log_create(self, place="", date="", again="", **kwargs):
        """Begin a log for a contract and one of its communities; a second of a day only if it is meant."""

        def create():
            contract, vals = self._get_place(place)
            vals["date"] = self._to_date(date) or trade_today(request.env.user)
            self._check_second(contract, vals, again)
            return request.env[self._model]._portal_create(contract, vals)

        return self._create(create, {"place": place, "date": date, "again": again})

    def _check_second(self, contract, vals, again):
        """Raise if the user has written a log of this place and day before and did not say it is another."""
        community_id = vals.get("community_id") or contract.sudo().community_id.id  # of the firm's contract
        written = request.env[self._model]._portal_get_written(contract)
        log = written.get((contract.id, community_id, vals["date"]))
        is_works = contract.sudo().kind == "works"  # of the firm's contract; one construction log a day
        if not log or (again and not is_works):
            return
        # sudo: the user's own log
        message = request.env._("You have written %s of this day already.", log.sudo().name)
        if is_works:
            raise UserError(message)
        raise OutsourcingGap(message, [("again_field", message)])

    @route(
        "/my/outsourcing/logs/<int:log_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_log(self, log_id, **kwargs):
        """Show a log, to be written by its author."""
        return self._show_detail(self._get_record(log_id))

    @route(
        "/my/outsourcing/logs/<int:log_id>/save",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_log_save(self, log_id, **post):
        """Keep the draft."""
        record = self._get_record(log_id)
        return self._change(record, lambda: self._save_form(record, post), request.env._("Saved."), post)

    @route(
        "/my/outsourcing/logs/<int:log_id>/submit",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_log_submit(self, log_id, **post):
        """Keep the draft, then hand it in; what was written stays when something is missing."""
        record = self._get_record(log_id)

        def find_gaps():
            points = record.sudo()._get_missing_points("submitted")  # sentences; _save_form checks the author
            return [(FOCUS.get(getattr(point, "field", None)), point) for point in points]

        return self._change(
            record,
            lambda: self._pointing_at(record._portal_submit, find_gaps),
            request.env._("Handed in. Thank you."),
            post,
            first=lambda: self._save_form(record, post),
        )

    @route(
        "/my/outsourcing/logs/<int:log_id>/discard",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_log_discard(self, log_id, **kwargs):
        """Throw away a draft without photos."""
        record = self._get_record(log_id)
        return self._change(
            record, record._portal_discard, request.env._("Thrown away."), url="/my/outsourcing/logs"
        )

    def _save_form(self, record, post):
        form = request.httprequest.form
        vals = {key: self._to_text(post[key]) for key in TEXTS if key in post}
        if post.get("date"):
            vals["date"] = self._to_date(post["date"])
        if "headcount" in post:
            vals["headcount"] = self._to_count(
                post["headcount"], request.env._("People on site: %s is not a whole number.")
            )
        if "weather" in post:
            weathers = dict(record._fields["weather"]._description_selection(request.env))
            vals["weather"] = post["weather"] if post["weather"] in weathers else False
        if "form_links" in post:  # unticked boxes are not sent: only a form that has them may empty them
            people = request.env.user._get_outsourcing_people()
            chosen = {self._to_int(value) for value in form.getlist("performer_ids")}
            chosen.add(request.env.user._get_bound_performer().id)  # who writes was there
            vals["performer_ids"] = [person.id for person in people if person.id in chosen]
            vals["equipment_ids"] = [
                int(value) for value in form.getlist("equipment_ids") if self._to_int(value)
            ]
        record._portal_save(vals)
        for phase in PHASES:
            if files := self._get_files(f"files_{phase}"):
                record._portal_save({}, files, phase)
