from odoo import api, models
from odoo.fields import Domain
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
        """Set count fields; records that the user may not read are not counted.

        What lies in one model under one link is counted in one go.
        """
        places = {}
        for name, (model, link, domain) in counters.items():
            if self.env[model].has_access("read"):
                places.setdefault((model, link), {})[name] = Domain(domain)
        selects = [self._select_counts(*place, domains) for place, domains in places.items()]
        found = self.env.execute_query(SQL(" UNION ALL ").join(selects)) if selects and self.ids else ()
        counts = {
            (name, contract_id): count
            for names, contract_id, numbers in found
            for name, count in zip(names, numbers, strict=True)
        }
        for name in counters:
            for count, contracts in self.grouped(
                lambda c, name=name: counts.get((name, c._origin.id), 0)
            ).items():
                contracts[name] = count

    def _select_counts(self, model, link, domains):
        """Return what gives, for each contract, the names of ``domains`` and what is counted for each."""
        records = self.env[model]
        query = records._search(Domain(link, "in", self.ids) & Domain.OR(domains.values()), order="id")
        contract = records._field_to_sql(query.table, link, query)
        numbers = [
            SQL(
                "COUNT(*) FILTER (WHERE %s)",
                domain.optimize_full(records)._to_sql(records, query.table, query),
            )
            if len(domains) > 1
            else SQL("COUNT(*)")
            for domain in domains.values()
        ]
        query.order, query.groupby = None, contract
        return query.select(SQL("%s", [*domains]), contract, SQL("ARRAY[%s]", SQL(", ").join(numbers)))
