from odoo import api, models
from odoo.fields import Domain

# where the contract of a bill is found: of a settlement, of a claim, of what takes a claim back
BILL = (
    "outsourcing_settlement_id.contract_id",
    "outsourcing_claim_id.contract_id",
    "reversed_entry_id.outsourcing_claim_id.contract_id",
)
# where the contract of a document is found, unless it names one in a field of its own
PATHS = {
    "outsourcing.contract": ("id",),
    "purchase.order.line": ("order_id.outsourcing_contract_id",),
    "account.move": BILL,
    "account.move.line": tuple(f"move_id.{path}" for path in BILL),
}
PUBLIC = {"outsourcing.tender.lot"}  # told to every bidder
DRAFTS = {"outsourcing.site.log", "outsourcing.variation"}  # shown to who writes them alone
FIELDS = ("contract_id", "outsourcing_contract_id")


class IrRule(models.Model):
    """A person of a firm sees the contracts the firm gives, whatever the door: no document hangs outside."""

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        # sudo is beyond rules, as in core; one look into the cache for everybody else
        if self.env.su or not self.env.user.share:
            return domain
        paths = self._get_outsourcing_contract_paths(model_name)
        if barred := paths and self.env.user._get_barred_contract_ids():
            # a bill that none of its paths leads to a contract is not shown: it is the firm's own affair
            domain &= Domain.OR(Domain(path, "=", False) | Domain(path, "not in", barred) for path in paths)
        if model_name in DRAFTS and self.env.user._is_performer_bound():
            own = [False, self.env.user._get_outsourcing_performer().id]
            domain &= Domain("state", "!=", "draft") | Domain("recorder_id", "in", own)
        return domain

    @api.model
    def _get_outsourcing_contract_paths(self, model_name):
        """Return the paths from a document to its contract, none if it has none."""
        if model_name in PUBLIC:
            return ()
        if model_name in PATHS:
            return PATHS[model_name]
        model = self.env[model_name]
        for name in FIELDS:
            field = model._fields.get(name)
            if field is not None and field.store and field.comodel_name == "outsourcing.contract":
                return (name,)
        return ()
