from unittest.mock import patch

from odoo.models import BaseModel
from odoo.tests import tagged
from odoo.tools import Query

from .common import SiteCommon

ITEM, MONTH = "item_id", "date_done:month"
PIVOTS = ([[], [ITEM], [MONTH], [ITEM, MONTH]], [[], [MONTH], [ITEM], [MONTH, ITEM]], [[], [ITEM]])


@tagged("post_install", "-at_install")
class TestItemPivot(SiteCommon):
    """A pivot of items reads the items that were answered, and the order of the checklist only once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_done_inspection()
        done = cls._create_done_inspection({"A_1_03": {"result": "fail", "note": "Loose"}})
        cls._create_inspection()
        cls.env.flush_all()
        # another month; an item that is in use no more, one at another place, answers to none
        cls.env.cr.execute(
            "UPDATE outsourcing_inspection_line SET date_done = date_done - interval '40 days' "
            "WHERE inspection_id = %s",
            [done.id],
        )
        first, second, third = done.line_ids.item_id[:3]
        cls.env.cr.execute("UPDATE outsourcing_checklist_item SET active = FALSE WHERE id = %s", [first.id])
        cls.env.cr.execute("UPDATE outsourcing_checklist_item SET sequence = 999 WHERE id = %s", [second.id])
        cls.env.cr.execute(
            "UPDATE outsourcing_inspection_line SET item_id = NULL WHERE item_id = %s", [third.id]
        )
        cls.env.invalidate_all()
        cls.lines = cls.env["outsourcing.inspection.line"].with_user(cls.user_manager)

    def _read(self, grouping_sets, **options):
        return self.lines.formatted_read_grouping_sets(
            [], grouping_sets, ["__count", "is_failed:sum"], **options
        )

    def _read_as_core(self, grouping_sets, **options):
        with patch.object(type(self.lines), "_read_grouping_sets", BaseModel._read_grouping_sets):
            return self._read(grouping_sets, **options)

    def test_rows_columns_and_figures_are_those_of_core(self):
        for grouping_sets in PIVOTS:
            with self.subTest(grouping_sets=grouping_sets):
                self.assertEqual(self._read(grouping_sets), self._read_as_core(grouping_sets))

    def test_an_order_that_is_asked_for_is_kept(self):
        for order in ("__count desc, item_id", "item_id desc"):
            with self.subTest(order=order):
                asked = self._read([[ITEM]], order=order)
                self.assertEqual(asked, self._read_as_core([[ITEM]], order=order))

    def test_each_figure_counts_what_its_cell_opens(self):
        for cell in self._read(PIVOTS[0])[3]:
            self.assertEqual(self.lines.search_count(cell["__extra_domain"]), cell["__count"])

    def test_no_answer_is_joined_with_the_wording_of_its_item(self):
        joined, select = [], Query.select

        def note(query, *args):
            if query.table == self.lines._table:
                joined.append(set(query._joins))
            return select(query, *args)

        with patch.object(Query, "select", note):
            self._read(PIVOTS[0])
        self.assertEqual(joined, [set()])
