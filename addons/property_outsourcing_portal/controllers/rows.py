from odoo.http import request

from .page import OutsourcingPage


class OutsourcingRows(OutsourcingPage):
    """Shows documents of several sections in one list, each as the list of its own section does."""

    def _prepare_rows(self, found):
        """Return what was found as lines of a list.

        :param found: list of (section, id), as ``res.users._find_outsourcing_urgent`` returns it
        :return: list of (section, document in sudo, dict as ``_prepare_row`` of its page returns it)
        """
        sections = request.env.user._get_outsourcing_sections()
        ids = {}
        for section, document_id in found:
            ids.setdefault(section, []).append(document_id)
        rows = {}
        for section, document_ids in ids.items():
            page = self._get_page(section)
            # sudo: found under the user's own access
            for record in request.env[sections[section]].sudo().browse(document_ids):
                row = page._check_row(page._prepare_row(record))
                self._mark_unread([(row, record.id)], section)
                rows[section, record.id] = (section, record, row)
        return [rows[key] for key in found]

    def _get_page(self, section):
        """Return the controller that serves the list of ``section``, whichever add-on brought it."""
        routes = request.env["ir.http"].routing_map().bind_to_environ(request.httprequest.environ)
        # the list, also where a form is being answered
        rule, _args = routes.match(f"/my/outsourcing/{section}", method="GET", return_rule=True)
        return rule.endpoint.func.__self__
