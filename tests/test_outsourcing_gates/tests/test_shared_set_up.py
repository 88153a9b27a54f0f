from odoo.tests import BaseCase, TransactionCase, tagged


class RowsCommon(TransactionCase):
    """Common to two made-up classes of tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.env["res.partner"].create({"name": "Common row"})


class First(RowsCommon):
    """Leaves behind what no other class may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row.name = "Changed row"
        cls.own_row = cls.env["res.partner"].create({"name": "Own row"})
        cls.env["ir.config_parameter"].set_param("outsourcing.made_up", "1")


class Second(RowsCommon):
    """Stands on the same rows."""


class BrokenCommon(RowsCommon):
    """Fails when it has done something."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.half = cls.env["res.partner"].create({"name": "Half row"})
        raise ValueError("half done")


class Third(BrokenCommon):
    """Stands on what fails."""


class Other(RowsCommon):
    """Has another idea of what the common class calls."""

    @classmethod
    def _gc_filestore(cls):
        return None


# of no kind that patches anything itself: what a class leaves patched, core takes back at its end
@tagged("post_install", "-at_install", "-standard")
class TestSharedSetUp(BaseCase):
    """What classes of tests have in common is set up once, and each finds it untouched."""

    def setUp(self):
        super().setUp()
        from tools import shared_set_up  # found by pytest, which is the only one that shares

        self.shared = shared_set_up
        for owner in (First, Second, Other):
            shared_set_up.wrap(owner)
        self.addCleanup(shared_set_up.take_down)

    def _run(self, owner):
        """Set a class up and take it back as conftest.py does; return what it saw."""
        take_back = self.shared.prepare(owner)
        try:
            owner.setUpClass()
            value = owner.env["ir.config_parameter"].get_param("outsourcing.made_up")
            names = owner.env["res.partner"].search([("name", "like", "% row")]).mapped("name")
            return owner.row.id, owner.row.name, sorted(names), value
        finally:
            owner.doClassCleanups()
            take_back()

    def test_a_class_finds_the_common_rows_as_they_were(self):
        first, second = self._run(First), self._run(Second)
        self.assertEqual(first[1:], ("Changed row", ["Changed row", "Own row"], "1"))
        self.assertEqual(second, (first[0], "Common row", ["Common row"], False))

    def test_a_class_that_changes_what_the_common_one_calls_shares_nothing(self):
        self.assertEqual(self.shared.levels(Second), [RowsCommon])
        self.assertFalse(self.shared.levels(Other))
        self.assertNotEqual(self._run(Other)[0], self._run(Second)[0])

    def test_a_set_up_that_fails_leaves_nothing_behind(self):
        self._run(Second)
        with self.assertRaisesRegex(ValueError, "half done"):
            self.shared.prepare(Third)
        self.assertNotIn("half", vars(BrokenCommon))
        self.assertEqual(self._run(Second)[1:], ("Common row", ["Common row"], False))
