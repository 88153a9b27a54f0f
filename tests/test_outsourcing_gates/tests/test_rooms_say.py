import ast

from odoo.tests import BaseCase, tagged

from .common import CHECKOUT


@tagged("post_install", "-at_install")
class TestRoomsSay(BaseCase):
    """Whoever opens a room of any add-on reads first what lives there and what it may use."""

    def test_every_room_says_what_lives_there(self):
        rooms = [path.parent for path in CHECKOUT.glob("addons/*/models/*/__init__.py")]
        self.assertGreater(len(rooms), 40)
        silent = [room for room in rooms if not ast.get_docstring(ast.parse((room / "__init__.py").read_text()))]
        self.assertFalse(silent)
