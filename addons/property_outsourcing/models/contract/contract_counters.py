from odoo import api, models
from odoo.tools import SQL


class OutsourcingContract(models.Model):
    """What smart buttons and cards count, each set of counters by one query however many there are."""

    _inherit = "outsourcing.contract"

    @api.model
    def _get_counters(self):
        """Return what the smart buttons of the form count. Hook: add yours.

        The field is an Integer with ``compute="_compute_counters"``.

        :return: dict count field -> (model, field of it that names the contract, domain)
        """
        return {"document_count": ("outsourcing.document", "contract_id", [])}

    @api.model
    def _get_card_counters(self):
        """Return what the card of the board counts, too; as ``_get_counters``, and as few as may be. Hook.

        The field has ``compute="_compute_card_counters"``.
        """
        return {}

    def _compute_counters(self):
        self._count(self._get_counters())

    def _compute_card_counters(self):
        self._count(self._get_card_counters())

    def _count(self, counters):
        """Set count fields; records that the user may not read are not counted."""
        selects = [
            self._select_count(name, *counted)
            for name, counted in counters.items()
            if self.env[counted[0]].has_access("read")
        ]
        found = self.env.execute_query(SQL(" UNION ALL ").join(selects)) if selects and self.ids else ()
        counts = {(name, contract_id): count for name, contract_id, count in found}
        for name in counters:
            for count, contracts in self.grouped(
                lambda c, name=name: counts.get((name, c._origin.id), 0)
            ).items():
                contracts[name] = count

    def _select_count(self, name, model, link, domain):
        records = self.env[model]
        query = records._search([(link, "in", self.ids), *domain], order="id")
        contract = records._field_to_sql(query.table, link, query)
        query.order, query.groupby = None, contract
        return query.select(SQL("%s", name), contract, SQL("COUNT(*)"))
