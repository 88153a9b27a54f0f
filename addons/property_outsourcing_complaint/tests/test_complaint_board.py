import ast

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintBoard(ComplaintCommon):
    """The board of what is not over does not read the years before."""

    def _leave_one_index(self, name):
        """Leave one way to read a few rows: PostgreSQL takes any index of theirs, or none."""
        indexes = self.env.execute_query(
            SQL(
                "SELECT indexname FROM pg_indexes WHERE tablename = 'outsourcing_complaint' "
                "AND indexname != %s AND indexname NOT LIKE '%%pkey'",
                name,
            )
        )
        self.assertGreater(len(indexes), 1)
        self.env.execute_query(SQL("SELECT set_config('enable_seqscan', 'off', TRUE)"))
        for (index,) in indexes:
            self.env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(index)))

    def test_columns_and_bars_are_counted_by_an_index_of_what_is_not_over(self):
        view = self.env.ref("property_outsourcing_complaint.outsourcing_complaint_view_search")
        arch = self.env["outsourcing.complaint"].get_view(view.id, "search")["arch"]
        domain = arch.split('name="current"')[1].split('domain="')[1].split('"')[0]
        complaints = self.env["outsourcing.complaint"].with_user(self.user_manager)
        query = complaints._search(Domain(ast.literal_eval(domain)))
        self._leave_one_index("outsourcing_complaint_running_idx")
        plan = self.env.execute_query(
            SQL(
                "EXPLAIN (COSTS OFF) SELECT state, priority, COUNT(*) FROM outsourcing_complaint "
                "WHERE %s GROUP BY state, priority",
                query.where_clause,
            )
        )
        self.assertIn("outsourcing_complaint_running_idx", "\n".join(line for (line,) in plan))
