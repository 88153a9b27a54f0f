import ast
from pathlib import Path

from odoo.tests import BaseCase, tagged

MODELS = Path(__file__).parent.parent / "models"
# what a room still takes from a later one, and why; the list only gets shorter
UPWARD = {
    (
        "catalogue",
        "outsourcing.fact",
    ): "a preset clause listens to whatever kinds of facts the add-ons record",
    ("contractor", "outsourcing.contract"): "a document may be signed for one contract; the matrix of "
    "compliance joins what contracts ask",
    ("contractor", "outsourcing.contract.requirement"): "the matrix of compliance, see above",
    ("evidence", "outsourcing.contract"): "the hash of a photo covers its contract",
}


@tagged("post_install", "-at_install")
class TestRooms(BaseCase):
    """The rooms of the house have an order: each names only what lies before it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        imports = [
            n for n in ast.parse((MODELS / "__init__.py").read_text()).body if isinstance(n, ast.ImportFrom)
        ]
        cls.rooms = [alias.name for node in imports for alias in node.names]
        cls.trees = {
            path: ast.parse(path.read_text()) for room in cls.rooms for path in (MODELS / room).glob("*.py")
        }

    def _get_owners(self):
        """Return a dict: model of the suite -> the room that makes it."""
        owners = {}
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_name":
                    name = getattr(
                        node.value, "value", None
                    )  # a constant of its own file is no name from outside
                    owners.setdefault(name, []).append(path.parent.name)
        ranked = {name: min(rooms, key=self.rooms.index) for name, rooms in owners.items()}
        return {name: room for name, room in ranked.items() if (name or "").startswith("outsourcing.")}

    def _find_upward(self):
        owners, found = self._get_owners(), {}
        for path, tree in self.trees.items():
            room = path.parent.name
            for node in ast.walk(tree):
                name, target = None, None
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    name, target = node.value, owners.get(node.value)
                elif isinstance(node, ast.ImportFrom) and node.level == 2:
                    name = target = (node.module or "").split(".")[0]
                if target in self.rooms and self.rooms.index(target) > self.rooms.index(room):
                    found.setdefault((room, name), f"{path.relative_to(MODELS)}:{node.lineno}")
        return found

    def test_no_room_names_a_later_one(self):
        found = self._find_upward()
        self.assertFalse({key: where for key, where in found.items() if key not in UPWARD})
        self.assertFalse(UPWARD.keys() - found.keys(), "no longer needed: take it off the list")
