from secrets import randbelow

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

GAP = 60  # numbers left out before each new record, at most


class OutsourcingSealedMixin(models.AbstractModel):
    """Records whose number alone would tell something: how many bids there are, and of whom.

    Who may not read one is told the same whether it exists or not, and the numbers between two records are
    drawn by lot, so that neither guessing nor the number of one's own bid counts those of others.
    """

    _name = "outsourcing.sealed.mixin"
    _description = "Sealed Record"

    @api.model_create_multi
    def create(self, vals_list):
        self._leave_a_gap()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # also where nothing is written: core does not ask then
        return super().write(vals)

    def _leave_a_gap(self):
        names = SQL("pg_get_serial_sequence(%s, 'id')", self._table)
        self.env.cr.execute(SQL("SELECT nextval(%s) FROM generate_series(1, %s)", names, 1 + randbelow(GAP)))

    @api.private
    def exists(self):
        """Return what exists of ``self``; for a user all of it, who is then refused what is not shown."""
        return super().exists() if self.env.su else self

    def _check_access(self, operation):
        try:
            return super()._check_access(operation)
        except MissingError:
            found = self.sudo().exists().with_env(self.env)  # to refuse both alike
            denied = super(OutsourcingSealedMixin, found)._check_access(operation)
            unknown = self - found | (denied[0] if denied else self.browse())
            return unknown, lambda: self.env["ir.rule"]._make_access_error(operation, unknown)
