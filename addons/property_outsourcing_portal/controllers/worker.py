from urllib.parse import urlencode

from odoo.http import Controller, request, route
from odoo.tools import file_open

from .home import OutsourcingHome

WORKER = "property_outsourcing_portal/static/src/worker/worker.js"
SCOPE = "/my/outsourcing"


class OutsourcingWorker(OutsourcingHome, Controller):
    """What lets a phone open the pages without signal: worker, shell, and the work of the next days.

    Over https only, or on localhost: elsewhere a browser has no workers.
    """

    @route(
        "/my/outsourcing/worker.js",
        type="http", auth="public", methods=["GET"], readonly=True, save_session=False, sitemap=False,
    )  # fmt: skip
    def outsourcing_worker(self):
        """Send the worker; it may control the pages in every language."""
        with file_open(WORKER, "rb") as script:
            content = script.read()
        headers = [
            ("Content-Type", "text/javascript"),
            ("Service-Worker-Allowed", "/"),
            ("Cache-Control", "no-cache"),
        ]
        return request.make_response(content, headers)

    @route(
        "/my/outsourcing/offline",
        type="http", auth="public", website=True, multilang=False, methods=["GET"], readonly=True,
        save_session=False, sitemap=False,
    )  # fmt: skip
    def outsourcing_offline(self, lang="", **kwargs):
        """Show the shell for want of signal; nobody's data is in it, the phone adds what it kept."""
        if lang in dict(request.env["res.lang"].get_installed()):
            request.update_context(lang=lang)
        return request.render("property_outsourcing_portal.portal_offline", {})

    @route(
        "/my/outsourcing/work",
        type="http", auth="user", website=True, multilang=False, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_work(self, **kwargs):
        """Return what waits for the person in the next days, to be read without signal."""
        user = request.env.user
        icons = {card["key"]: card["icon"] for card in user._get_outsourcing_cards(self._get_roles())}
        rows = [
            {key: str(row.get(key) or "") for key in ("title", "subtitle", "due", "badge", "icon", "place")}
            | {"lines": row["lines"]}
            for row in self._prepare_kept_rows(user, icons)
        ]
        return request.make_json_response({"rows": rows}, [("Cache-Control", "no-store")])

    def _prepare_kept_rows(self, user, icons):
        """Return the rows of the first page for the next days, with address and items of each."""
        found = user._find_outsourcing_kept(self._get_roles())
        records = self._browse_found(user, found)
        rows = self._prepare_found_rows(user, found, icons)
        return [
            {**row, **records[key]._prepare_outsourcing_kept()}
            for key, row in zip(found, rows, strict=True)
        ]


def get_manifest_url(name):
    """Return the address of core's manifest for the pages, which makes them an app called ``name``."""
    query = {"app_id": "property_outsourcing_portal", "path": SCOPE, "app_name": name}
    return f"/web/manifest.scoped_app_manifest?{urlencode(query)}"
