from odoo import api, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """A number handed in for one settlement is entered on no bill of another; a reversed one on none."""

    _inherit = "account.move"

    @api.constrains("outsourcing_fapiao_number", "state")
    def _check_outsourcing_fapiao_number(self):
        numbered = self.filtered(lambda move: move.outsourcing_fapiao_number and move.state != "cancel")
        result = super(AccountMove, numbered)._check_outsourcing_fapiao_number()
        if not numbered:
            return result
        # sudo: whether the number is known; the sentence names the settlement to who enters bills
        handed_in = self.env["outsourcing.fapiao"].sudo()
        found = handed_in.search(
            [("number", "in", numbered.mapped("outsourcing_fapiao_number")), ("state", "!=", "rejected")]
        )
        for fapiao in found:
            others = numbered.filtered(
                lambda move, f=fapiao: (
                    move.outsourcing_fapiao_number == f.number
                    and move.company_id == f.company_id
                    and (move.outsourcing_settlement_id != f.settlement_id or f.state == "reversed")
                )
            )
            if others and fapiao.state == "reversed":
                raise UserError(self.env._("The fapiao %s no longer counts.", fapiao.number))
            if others:
                raise UserError(
                    self.env._(
                        "The fapiao %(number)s was handed in for the settlement %(settlement)s.",
                        number=fapiao.number,
                        settlement=fapiao.settlement_id.name,
                    )
                )
        return result
