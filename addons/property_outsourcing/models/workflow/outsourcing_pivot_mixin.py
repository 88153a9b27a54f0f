from odoo import models


class OutsourcingPivotMixin(models.AbstractModel):
    """Records of which there are many: a pivot looks up the order of its groups, not that of each record."""

    _name = "outsourcing.pivot.mixin"
    _description = "Pivots over many records"

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        specs = [*dict.fromkeys(spec for groupby in grouping_sets for spec in groupby)]
        if order != ", ".join(specs):
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        # without an order core joins and sorts by no names, only by what the rows themselves hold
        found = super()._read_grouping_sets(domain, grouping_sets, aggregates)
        return [
            self._order_groups(groupby, [spec for spec in specs if spec in groupby], groups)
            for groupby, groups in zip(grouping_sets, found, strict=True)
        ]

    def _order_groups(self, groupby, specs, groups):
        """Return ``groups``, ordered by ``specs``, with each record where its own model puts it."""
        places = [groupby.index(spec) for spec in specs]
        ranks = {
            place: self._rank_records(spec, [group[place] for group in groups])
            for spec, place in zip(specs, places, strict=True)
            if spec in self._fields and self._fields[spec].type == "many2one"
        }
        first = {}  # what is no record stands in its order already, among groups that begin alike

        def rank(numbered):
            number, group = numbered
            values = tuple(group[place] for place in places)
            return [
                ranks[place][value.id] if place in ranks else first.setdefault(values[: depth + 1], number)
                for depth, (place, value) in enumerate(zip(places, values, strict=True))
            ]

        return [group for _number, group in sorted(enumerate(groups), key=rank)]

    def _rank_records(self, spec, records):
        """Return a dict id -> place among ``records``; what has none comes last."""
        # sudo: the order only, of archived ones as well, as core's join
        model = self.env[self._fields[spec].comodel_name].sudo().with_context(active_test=False)
        ids = model.search([("id", "in", [record.id for record in records if record])]).ids
        return {record_id: rank for rank, record_id in enumerate([*ids, False])}
