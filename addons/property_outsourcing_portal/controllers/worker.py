from datetime import datetime

from markupsafe import Markup

from odoo.http import Controller, request, route
from odoo.tools import file_open

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day

from .rows import OutsourcingRows

SCRIPTS = "property_outsourcing_portal/static/worker"
MOST_ROWS = 40  # of the next days


class OutsourcingWorker(OutsourcingRows, Controller):
    """What lets a phone open the pages without signal: worker, shell, and the work of the next days.

    Over https only, or on localhost: elsewhere a browser has no workers.
    """

    _section = "work"

    @route(
        "/my/outsourcing/worker.js",
        type="http", auth="public", methods=["GET"], readonly=True, save_session=False, sitemap=False,
    )  # fmt: skip
    def outsourcing_worker(self):
        """Send the worker; it may control the pages in every language."""
        with file_open(f"{SCRIPTS}/worker.js", "rb") as script:
            content = script.read()
        headers = [
            ("Content-Type", "text/javascript"),
            ("Service-Worker-Allowed", "/"),
            ("Cache-Control", "no-cache"),
        ]
        return request.make_response(content, headers)

    @route(
        "/my/outsourcing/offline",
        type="http", auth="public", methods=["GET"], readonly=True, save_session=False, sitemap=False,
    )  # fmt: skip
    def outsourcing_offline(self, lang="", **kwargs):
        """Show the shell for want of signal; nobody's data is in it, the phone adds what it kept."""
        if lang in dict(request.env["res.lang"].get_installed()):
            request.update_context(lang=lang)
        with file_open(f"{SCRIPTS}/offline.js") as script:
            values = {
                "title": request.env._("No signal"),  # no term of a view is translated in a title
                "lang": request.env.lang,
                "script": Markup(script.read()),
            }
        response = request.render("property_outsourcing_portal.portal_offline", values)
        response.headers["Content-Language"] = request.env.lang  # the pages ask for it anew in another one
        return response

    @route(
        "/my/outsourcing/work",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_work(self):
        """Return what waits for the person in the next days, to be read without signal."""
        user = request.env.user
        places = user._get_outsourcing_kept(self._get_roles())
        deadlines = {section: deadline for section, _domain, deadline in places}
        found = self._prepare_rows(user._find_outsourcing_urgent(places, MOST_ROWS))
        rows = [self._prepare_kept(doc, row, doc[deadlines[section]]) for section, doc, row in found]
        return request.make_json_response({"rows": rows}, [("Cache-Control", "no-store")])

    def _prepare_kept(self, doc, row, deadline):
        """Return what the phone keeps of a document: nothing of residents, nothing but this person's work."""
        field = "outsourcing_community_id" if "outsourcing_community_id" in doc._fields else "community_id"
        checklist = doc["checklist_id"] if "checklist_id" in doc._fields else None
        day = trade_day(doc, deadline) if isinstance(deadline, datetime) else deadline
        return {
            "url": row["url"],
            "title": row["title"],
            "subtitle": row.get("subtitle") or "",
            "badge": row.get("badge") or "",
            "due": self._format_date(day),
            "address": doc[field].address or "",
            "items": checklist.item_ids.mapped("name") if checklist else [],
        }

    def _get_title(self):
        return request.env._("Today")
