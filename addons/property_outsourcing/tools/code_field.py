from odoo import fields

from .typed_input import normalise_code


class Code(fields.Char):
    """The text of a label: kept in one form, and found however it is typed or scanned."""

    def convert_to_column(self, value, record, values=None, validate=True):
        return super().convert_to_column(self._normalise(value), record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        return super().convert_to_cache(self._normalise(value), record, validate)

    def _condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if operator.endswith("like"):
            value = self._normalise(value)
        return super()._condition_to_sql(field_expr, operator, value, model, alias, query)

    @staticmethod
    def _normalise(value):
        return normalise_code(value) or "" if isinstance(value, str) else value
