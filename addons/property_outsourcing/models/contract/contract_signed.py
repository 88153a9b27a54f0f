from markupsafe import Markup

from odoo import api, fields, models

from ..workflow.trade_time import trade_today

PAGE = "property_outsourcing.report_outsourcing_contract_page"


class OutsourcingContract(models.Model):
    """The contract as it was signed: amendments change its terms, never what was printed and signed."""

    _inherit = "outsourcing.contract"

    _unsigned_states = ("draft", "to_approve", "cancelled")

    # in the row itself: an attachment could be deleted by whoever may write the contract
    signed_print = fields.Text(readonly=True, copy=False, prefetch=False, groups="base.group_system")

    @api.model
    def _get_derived_fields(self):
        return super()._get_derived_fields() | {"signed_print"}

    def _get_signed_print(self):
        """Return the body of the contract as it was signed, or an empty one while it is not."""
        self.ensure_one()
        return Markup(self.sudo().signed_print or "")  # whoever reads the contract reads what was signed

    def _get_print_day(self):
        return trade_today(self)

    def _keep_print(self):
        """Keep how the contracts (in sudo) print now, once: they are signed, or about to be amended."""
        self._keep_clause_numbers()
        reports = self.env["ir.actions.report"]
        for contract in self.filtered(lambda contract: not contract.signed_print)._together():
            lang = contract._get_print_lang()
            values = {"o": contract.with_context(lang=lang), "print_lang": lang}
            body = reports.with_context(lang=lang)._render_template(PAGE, values)
            contract._gated().write({"signed_print": body.decode() if isinstance(body, bytes) else str(body)})

    def _forget_signed(self):
        super()._forget_signed()
        self.filtered("signed_print")._gated().write({"signed_print": False})

    def _after_signature(self):
        super()._after_signature()
        self._keep_signed(anew=True)
        if self.state != "to_approve":
            self._keep_print()

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "active":
            self.filtered(
                lambda contract: contract.date_contractor_signed or contract.date_signed
            )._keep_print()
