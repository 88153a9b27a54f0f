from odoo.http import Controller, request, route

from .rows import OutsourcingRows

MOST_ROWS = 10  # of a part; what a phone shows before one has to scroll for long
ACTIONS = {  # what carries our labels -> where staff reads it
    "outsourcing.location": "action-property_outsourcing.outsourcing_location_action",
    "maintenance.equipment": "action-property_outsourcing.outsourcing_equipment_action",
}


class OutsourcingScan(OutsourcingRows, Controller):
    """A label on site is scanned, photographed or typed; what is to be done there is shown."""

    _section = "scan"

    def _get_title(self):
        return request.env._("Scan a label")

    @route(
        "/outsourcing/label/<string:code>",
        type="http", auth="user", website=True, multilang=False, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_label(self, code, **kwargs):
        """Lead from the link in a label: staff to the record, people of the portal to the place's page."""
        code = self._read_code(code)
        place = code and request.env["outsourcing.location"]._resolve_code(code)
        if place and not request.env.user.share:
            return request.redirect(self._get_staff_address(place))
        return request.redirect_query("/my/outsourcing/scan", {"code": code})

    def _read_code(self, code):
        """Return a scanned or typed code without what no database looks for."""
        return "".join(sign for sign in code if sign.isprintable()).strip()[:300]

    def _get_staff_address(self, record):
        """Return where staff reads what a code stands for: a place, or whatever an add-on above labels."""
        return f"/odoo/{ACTIONS.get(record._name, record._name)}/{record.id}"

    @route(
        "/my/outsourcing/scan",
        type="http", auth="user", methods=["GET"], website=True, readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_scan(self, code="", **kwargs):
        """Offer the camera, or show what the scanned ``code`` leads to."""
        code = self._read_code(code)
        place = code and request.env["outsourcing.location"]._resolve_code(code)
        if place and place._name not in ACTIONS:  # of an add-on above, with a page of its own or none
            user = request.env.user
            address = user._get_outsourcing_url(place) if user.share else self._get_staff_address(place)
            if address:
                return request.redirect(address)
            place = None
        values = {
            "back_url": "/my/outsourcing/scan" if place else "/my/outsourcing",
            "code": code,
            "place": place and place.sudo(),  # name and place of what _resolve_code let the person see
            "parts": self._prepare_parts(place.sudo()) if place else [],
            "error": code
            and not place
            and request.env._("%s: nothing of yours has this label. Scan again, or type its code.", code),
        }
        if place:
            values["page_title"] = place.sudo().name  # as above
        return self._render("property_outsourcing_portal.portal_scan", values)

    def _prepare_parts(self, place):
        """Return what the page shows of ``place`` (in sudo): list of (title, rows)."""
        user = request.env.user
        sections = user._get_outsourcing_sections()
        parts = []
        for title, section, domain, order in user._get_outsourcing_scan_parts(place):
            documents = user._get_outsourcing_documents(sections[section])
            if not documents.has_access("read"):
                continue
            found = documents.search(domain, order=order, limit=MOST_ROWS)
            rows = [
                row for _section, _record, row in self._prepare_rows([(section, id_) for id_ in found.ids])
            ]
            parts.append((title, rows))
        return parts
