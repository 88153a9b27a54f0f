from odoo import api, models
from odoo.fields import Domain

RUNNING = ("to_approve", "active", "suspended")


class OutsourcingInUseMixin(models.AbstractModel):
    """A running contract uses whatever it, or one of its terms in force, names."""

    _inherit = "outsourcing.in.use.mixin"

    def _get_uses(self):
        uses = super()._get_uses()
        for name, owner in self._get_contract_term_models().items():
            terms = self.env[name].sudo().with_context(active_test=False)  # names of contracts only
            running = Domain("state", "in", RUNNING)
            if owner:
                running = Domain(owner, "any", running)
            running &= terms._get_in_force_domain()
            for field in self._get_naming_fields(terms):
                for term in terms.search(running & Domain(field, "in", self.ids)):
                    contract = term[owner] if owner else term
                    for record in term[field].filtered(lambda record: record.id in self.ids):
                        uses.setdefault(self.browse(record.id), []).append(contract.display_name)
        return uses

    @api.model
    def _get_contract_term_models(self):
        """Return what a contract consists of: dict name of the model -> its many2one to the contract."""
        terms = {"outsourcing.contract": None}
        for name in self.pool.descendants(["outsourcing.workflow.line.mixin"], "_inherit"):
            model = self.env[name]
            owner = model._workflow_parent
            if not model._abstract and owner and model._fields[owner].comodel_name == "outsourcing.contract":
                terms[name] = owner
        return terms

    @api.model
    def _get_naming_fields(self, terms):
        """Return the stored fields by which ``terms`` name records of this model."""
        return [
            name
            for name, field in terms._fields.items()
            if field.store
            and field.type in ("many2one", "many2many")
            and field.comodel_name == self._name
            and name not in terms._get_historical_fields()
        ]


class OutsourcingWorkflowLineMixin(models.AbstractModel):
    _inherit = "outsourcing.workflow.line.mixin"

    @api.model
    def _get_in_force_domain(self):
        """Return the domain of the terms that still hold today. Hook."""
        return Domain.TRUE

    @api.model
    def _get_historical_fields(self):
        """Return the fields that tell who acted once, not what is needed on. Hook: extend super's set."""
        return set()


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    @api.model
    def _get_in_force_domain(self):
        return Domain.TRUE

    @api.model
    def _get_historical_fields(self):
        return {"contractor_signer_id", "payment_scheme_id"}  # a scheme fills the rows of a draft, once
