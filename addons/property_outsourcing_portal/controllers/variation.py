from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.units.uom_uom import UNITS
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import RUNNING_STATES

from .mixin import OutsourcingPortalMixin

PHASES = ("before", "other")
NEW_LINES = 3  # lines without an item of the contract a form offers


class OutsourcingVariationPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.variation"
    _section = "variations"
    _detail_template = "property_outsourcing_portal.portal_variation"
    _badge_by_state = {
        "draft": "grey", "submitted": "blue", "checked": "blue", "approved": "green", "amended": "green",
        "rejected": "red",
    }  # fmt: skip

    def _get_title(self):
        return request.env._("Site variations")

    def _get_domain(self):
        return request.env[self._model]._get_portal_domain()

    def _get_filters(self):
        return {
            "open": (request.env._("To finish"), Domain([("state", "=", "draft")])),
            "submitted": (
                request.env._("Waiting for an answer"),
                Domain([("state", "in", ("submitted", "checked"))]),
            ),
            "answered": (
                request.env._("Reply given"),
                Domain([("state", "in", ("approved", "amended", "rejected"))]),
            ),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_list_values(self):
        return {
            "create_url": bool(self._get_contracts()) and "/my/outsourcing/variations/new",
            "create_label": request.env._("New site variation"),
        }

    def _prepare_row(self, record):
        waits = record.state in ("submitted", "checked")
        text, css = self._format_deadline(record.date_answer_due) if waits else ("", "")
        return {
            "url": self._get_url(record),
            "title": record.title,
            "subtitle": " · ".join(
                filter(None, (record.name, record.community_id.name, self._format_date(record.date)))
            ),
            "amount": record.amount_total,
            "currency": record.currency_id,
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _get_contracts(self):
        contracts = request.env["outsourcing.contract"]
        if not contracts.has_access("read"):
            return contracts
        firm = request.env.user.partner_id.commercial_partner_id
        return contracts.search(
            [
                ("state", "in", RUNNING_STATES),
                ("kind", "=", "works"),
                ("contractor_id", "=", firm.id),
            ]
        )

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        mine = doc.contractor_id == request.env.user.partner_id.commercial_partner_id
        may_edit = mine and doc.state == "draft" and doc.user_id == request.env.user
        photos = record._portal_get_evidence()
        new_lines = doc.line_ids.filtered(lambda line: not line.item_id)
        return {
            "page_title": doc.title,
            "badge_class": self._get_badge(doc.state),
            "may_edit": may_edit,
            "days_late": doc._get_days_late() if may_edit else 0,
            "late_limit": doc.company_id.outsourcing_variation_late_days,
            "photos": photos,
            "quantities": {line.item_id.id: line.quantity for line in doc.line_ids if line.item_id},
            "new_rows": [*new_lines, *([False] * max(NEW_LINES - len(new_lines), 0))][:NEW_LINES],
            "uoms": request.env["uom.uom"].sudo().search(UNITS),  # units of measure are no secret
            "signer_name": request.env.user.name,
            "today": trade_today(request.env.user),
            "answer_deadline": self._format_deadline(doc.date_answer_due),
        }

    @route(
        ["/my/outsourcing/variations", "/my/outsourcing/variations/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_variations(self, page=1, tab=None, **kwargs):
        """List the site variations and design changes of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/variations/new",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_variation_new(self, **kwargs):
        """Ask for contract, community, day and subject."""
        return self._show_new()

    def _show_new(self, error=None, form=None):
        values = {
            "contracts": self._get_contracts().sudo(),  # found under the user's own access
            "kinds": request.env[self._model]._fields["kind"]._description_selection(request.env),
            "today": trade_today(request.env.user),
            "error": error,
            "form": form or {},
            "page_title": request.env._("New site variation"),
            "back_url": "/my/outsourcing/variations",
        }
        return self._render("property_outsourcing_portal.portal_variation_new", values)

    @route(
        "/my/outsourcing/variations/create",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_variation_create(self, place="", title="", kind="", date="", **kwargs):
        """Begin a variation for a works contract and one of its communities."""
        form = {"place": place, "title": title, "kind": kind, "date": date}

        def create():
            contract, vals = self._get_place(place)
            vals["title"] = self._to_text(title, 200)
            if day := self._to_date(date):
                vals["date"] = day
            if kind in dict(request.env[self._model]._fields["kind"].selection):
                vals["kind"] = kind
            return request.env[self._model]._portal_create(contract, vals)

        return self._create(create, form)

    @route(
        "/my/outsourcing/variations/<int:variation_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_variation(self, variation_id, **kwargs):
        """Show a variation; its author enters quantities and photos and signs."""
        return self._show_detail(self._get_record(variation_id))

    @route(
        "/my/outsourcing/variations/<int:variation_id>/save",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_variation_save(self, variation_id, **post):
        """Keep the draft."""
        record = self._get_record(variation_id)
        return self._change(record, lambda: self._save_form(record, post), request.env._("Saved."), post)

    @route(
        "/my/outsourcing/variations/<int:variation_id>/submit",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_variation_submit(self, variation_id, signature="", signer_name="", **post):
        """Keep what was typed, sign the variation and hand it in."""
        record = self._get_record(variation_id)
        name = self._to_text(signer_name, 80)

        def submit():
            self._save_form(record, post)
            record._portal_submit(self._to_signature(signature), name)

        form = {**post, "signer_name": name}
        return self._change(record, submit, request.env._("Handed in. Thank you."), form)

    @route(
        "/my/outsourcing/variations/<int:variation_id>/discard",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_variation_discard(self, variation_id, **kwargs):
        """Throw away a draft without photos."""
        record = self._get_record(variation_id)
        return self._change(
            record, record._portal_discard, request.env._("Thrown away."), url="/my/outsourcing/variations"
        )

    # ---- input ------------------------------------------------------------------------------------------

    def _save_form(self, record, post):
        vals = {key: self._to_text(post[key]) for key in ("reason", "late_reason") if key in post}
        vals.update({key: self._to_text(post[key], 200) for key in ("title", "place") if post.get(key)})
        if post.get("date"):
            vals["date"] = self._to_date(post["date"])
        # sudo: read access was checked by _get_record; _portal_save checks the author
        record._portal_save(vals, self._read_lines(record.sudo(), post) if "form_lines" in post else None)
        for phase in PHASES:
            if files := self._get_files(f"files_{phase}"):
                record._portal_add_evidence(files, phase)

    def _read_lines(self, doc, post):
        """Return the quantities of the form, those of items and those at new prices."""
        lines = []
        for item in doc.contract_id.item_ids:
            quantity = self._to_number(post.get(f"qty_{item.id}"))
            if quantity:
                lines.append({"item_id": item.id, "quantity": quantity})
        for number in range(NEW_LINES):
            name = self._to_text(post.get(f"new_name_{number}"), 200)
            quantity = self._to_number(post.get(f"new_qty_{number}"))
            if name and quantity:
                uom_id = self._to_int(post.get(f"new_uom_{number}"))
                uom = request.env["uom.uom"].sudo().search([*UNITS, ("id", "=", uom_id)])  # master data
                price = self._to_number(post.get(f"new_price_{number}"))
                lines.append({"name": name, "uom_id": uom.id, "price_unit": price, "quantity": quantity})
        return lines
