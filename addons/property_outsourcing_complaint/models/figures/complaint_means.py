from odoo import api, models
from odoo.tools import SQL

# mean on board, list and pivot -> what says that there is a value; the others are left out, they are no zeros
MEANS = {
    "hours_to_answer:avg": "date_answered",
    "hours_to_finish:avg": "date_done",
    "stars:avg": "date_confirmed",
}


class OutsourcingComplaint(models.Model):
    """Means are those of what was answered, done or rated, in every grouping."""

    _inherit = "outsourcing.complaint"

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec not in MEANS:
            return super()._read_group_select(aggregate_spec, query)
        name = aggregate_spec.partition(":")[0]
        value = self._field_to_sql(self._table, name, query)
        reached = self._field_to_sql(self._table, MEANS[aggregate_spec], query)
        given = SQL("%s > 0", value) if name == "stars" else SQL("TRUE")
        return SQL("AVG(%s) FILTER (WHERE %s IS NOT NULL AND %s)", value, reached, given)
