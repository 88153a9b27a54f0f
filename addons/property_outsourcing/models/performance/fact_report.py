from odoo import api, models
from odoo.exceptions import UserError


class OutsourcingFact(models.Model):
    """How facts are read: what they speak of, their mean, and the documents behind them."""

    _inherit = "outsourcing.fact"

    @api.depends("fact_type")
    def _compute_kind(self):
        types = self._get_fact_types()
        for fact in self:
            fact_type = types.get(fact.fact_type)
            fact.is_breach = bool(fact_type and fact_type.is_breach)
            fact.is_measure = bool(fact_type and fact_type.is_measure)

    def _search_is_breach(self, operator, value):
        return self._search_kind("is_breach", operator, value)

    def _search_is_measure(self, operator, value):
        return self._search_kind("is_measure", operator, value)

    def _search_kind(self, name, operator, value):
        if operator != "in":
            return NotImplemented
        types = self._get_fact_types().items()
        codes = [code for code, fact_type in types if getattr(fact_type, name)]
        return [("fact_type", "in" if True in value else "not in", codes)]

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        # the mean beside the sum, without a second column
        spec = "value:avg" if aggregate_spec == "value_mean:avg" else aggregate_spec
        return super()._read_group_select(spec, query)

    def action_open_source(self):
        """Open the document this fact was recorded from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_sources(self):
        """Open the documents the chosen facts were recorded from, in one list."""
        models = self.grouped("res_model")
        if len(models) != 1:
            raise UserError(
                self.env._("Choose facts of one kind of document, for example by the filter Type.")
            )
        if len(self) == 1:
            return self.action_open_source()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Source Documents"),
            "res_model": self[:1].res_model,
            "domain": [("id", "in", list(set(self.mapped("res_id"))))],
            "context": {"active_test": False},
            "views": [(False, "list"), (False, "form")],
        }
