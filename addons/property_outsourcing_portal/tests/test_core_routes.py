from odoo.tests import TransactionCase, tagged

from .core_routes import OTHERS, PAGES, get_routes


@tagged("post_install", "-at_install")
class TestCoreRoutes(TransactionCase):
    """No address of core is open to the portal without anybody having looked at it."""

    def _get_core_routes(self):
        """Return what the addresses not of the suite begin with, up to their first parameter."""
        return {
            url.partition("<")[0].removesuffix("page/")
            for url, endpoint in get_routes(self.env)
            if "outsourcing" not in endpoint.original_endpoint.__module__  # a made-up add-on is ours, too
        }

    def test_every_page_of_the_portal_was_looked_at(self):
        pages = {path for path in self._get_core_routes() if path.startswith("/my")}
        self.assertFalse(sorted(pages - set(PAGES)), "look at them, then say why in core_routes.py")

    def test_every_other_address_was_looked_at(self):
        others = {path for path in self._get_core_routes() if not path.startswith("/my")}
        # these are whole addresses, not what others begin with
        prefixes = tuple(set(OTHERS) - {"/", "/s", "/web"})
        unknown = {path for path in others - set(OTHERS) if not path.startswith(prefixes)}
        self.assertFalse(sorted(unknown), "look at them, then say why in core_routes.py")
