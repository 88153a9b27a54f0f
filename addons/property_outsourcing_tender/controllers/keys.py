from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from ..models.seal.tender_keys import MOST_OPENERS


class OutsourcingTenderKeys(Controller):
    """One screen, one request: the openers type their passphrases, which are kept nowhere.

    No form of the backend: a wizard would write them into its table.
    """

    def _get_tender(self, tender_id):
        tender = request.env["outsourcing.tender"].browse(tender_id).exists()
        if request.env.user.share or not tender or not tender.has_access("read"):
            raise request.not_found()
        if tender.seal_mode != "encrypted":
            raise request.not_found()
        return tender

    def _get_passphrases(self, post):
        """Return what was typed, opener (``res.users``) -> passphrase; rows without either are left out."""
        users, typed = request.env["res.users"], {}
        for number in range(1, MOST_OPENERS + 1):
            opener, text = str(post.get(f"opener_{number}") or ""), post.get(f"passphrase_{number}")
            if opener.isdecimal() and text:
                typed[users.browse(int(opener))] = str(text)
        return typed

    def _show(self, tender, purpose, error=None):
        key = tender.sudo().key_ids  # who the openers are, for whoever reads the tender
        openers = key.opener_ids if purpose == "open" else tender._get_opener_candidates()
        values = {
            "doc": tender,
            "purpose": purpose,
            "openers": openers.sudo(),  # names of colleagues
            "rows": range(1, (key.need if purpose == "open" else MOST_OPENERS) + 1),
            "need": key.need,
            "error": error,
            "no_footer": True,
            "no_breadcrumbs": True,
        }
        response = request.render("property_outsourcing_tender.tender_keys_page", values)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _run(self, tender, purpose, action):
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as error:
            return self._show(tender, purpose, str(error.args[0]))
        return request.redirect(f"/odoo/outsourcing.tender/{tender.id}", 303)

    @route("/outsourcing/tender/<int:tender_id>/keys", type="http", auth="user", methods=["GET"])
    def tender_keys(self, tender_id, **kwargs):
        """Ask the openers for the passphrases that will open the bids."""
        return self._show(self._get_tender(tender_id), "keys")

    @route("/outsourcing/tender/<int:tender_id>/keys", type="http", auth="user", methods=["POST"])
    def tender_keys_submit(self, tender_id, need="2", **post):
        """Make the key of the tender."""
        tender, typed = self._get_tender(tender_id), self._get_passphrases(post)
        count = int(need) if need.isdecimal() and len(need) < 3 else 0
        return self._run(tender, "keys", lambda: tender._make_keys(typed, count))

    @route("/outsourcing/tender/<int:tender_id>/open", type="http", auth="user", methods=["GET"])
    def tender_open(self, tender_id, **kwargs):
        """Ask the openers for their passphrases."""
        return self._show(self._get_tender(tender_id), "open")

    @route("/outsourcing/tender/<int:tender_id>/open", type="http", auth="user", methods=["POST"])
    def tender_open_submit(self, tender_id, **post):
        """Open the bids."""
        tender, typed = self._get_tender(tender_id), self._get_passphrases(post)
        return self._run(tender, "open", lambda: tender._open_with(typed))
