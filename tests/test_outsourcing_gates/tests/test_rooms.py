import ast

from odoo.tests import BaseCase, tagged

from .common import CHECKOUT

# what a room still takes from a later one, by add-on, and why; the list only gets shorter
UPWARD = {
    ("property_outsourcing", "catalogue", "outsourcing.fact"): "a preset clause listens to whatever kinds of "
    "facts the add-ons record",
    ("property_outsourcing", "contractor", "outsourcing.contract"): "a document may be signed for one "
    "contract; the matrix of compliance joins what contracts ask",
    ("property_outsourcing", "contractor", "outsourcing.contract.requirement"): "the matrix, see above",
    ("property_outsourcing", "evidence", "outsourcing.contract"): "the hash of a photo covers its contract",
    ("property_outsourcing_site", "checklist", "outsourcing.inspection.plan"): "which plans use a checklist",
    ("property_outsourcing_site", "inspection", "outsourcing.defect"): "what fails becomes a defect",
}


def _read(path):
    return ast.parse(path.read_text())


class House:
    """The rooms of an add-on's models, in the order in which they are imported."""

    def __init__(self, models):
        imports = [node for node in _read(models / "__init__.py").body if isinstance(node, ast.ImportFrom)]
        names = [alias.name for node in imports for alias in node.names]
        self.rooms = [name for name in names if (models / name).is_dir()]
        self.trees = {path: _read(path) for room in self.rooms for path in (models / room).glob("*.py")}

    def _get_owners(self):
        """Return a dict: model of the suite -> the room that makes it."""
        owners = {}
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_name":
                    # a constant of its own file is no name from outside
                    name = getattr(node.value, "value", None) or ""
                    if name.startswith("outsourcing."):
                        owners.setdefault(name, []).append(path.parent.name)
        return {name: min(rooms, key=self.rooms.index) for name, rooms in owners.items()}

    def find_upward(self):
        """Return a dict: (room, name it takes from a later one) -> where."""
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
                    found.setdefault((room, name), f"{path.name}:{node.lineno}")
        return found


@tagged("post_install", "-at_install")
class TestRooms(BaseCase):
    """The rooms of each add-on have an order: each names only what lies before it, and says what it holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.houses = {path.parent.name: House(path) for path in CHECKOUT.glob("addons/*/models")}

    def test_no_room_names_a_later_one(self):
        found = {
            (addon, *key): where
            for addon, house in self.houses.items()
            for key, where in house.find_upward().items()
        }
        self.assertFalse({key: where for key, where in found.items() if key not in UPWARD})
        self.assertFalse(UPWARD.keys() - found.keys(), "no longer needed: take it off the list")

    def test_every_room_says_what_lives_there(self):
        doors = [(path, tree) for house in self.houses.values() for path, tree in house.trees.items()]
        doors = [(path, tree) for path, tree in doors if path.name == "__init__.py"]
        self.assertGreater(len(doors), 40)
        self.assertFalse([path for path, tree in doors if not ast.get_docstring(tree)])
