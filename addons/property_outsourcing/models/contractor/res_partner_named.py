from odoo import api, models

OWN_MODELS = "outsourcing."


class ResPartner(models.Model):
    """Which contacts the documents of the suite name: contracts, papers, signatures, evidence and others."""

    _inherit = "res.partner"

    def _filter_named_in_outsourcing(self):
        """Return those of ``self`` that are contractors or stand in any document of the suite.

        The documents are found in the registry, so that those of add-ons above count as well.
        """
        partners = self.sudo().with_context(active_test=False)  # whether, not where they stand
        named = partners.filtered("outsourcing_state")
        for model, name in self._get_outsourcing_partner_fields():
            rest = partners - named
            if not rest:
                break
            groups = rest.env[model]._read_group([(name, "in", rest.ids)], [name])
            named |= rest.browse(partner.id for (partner,) in groups if partner in rest)
        return self.browse(named.ids)

    @api.model
    def _get_outsourcing_partner_fields(self):
        """Return (model, field) of every stored reference to contacts in the documents of the suite."""
        return [
            (model._name, field.name)
            for model in self.env.values()
            if model._name.startswith(OWN_MODELS)
            and model._auto
            and not (model._abstract or model._transient)
            for field in model._fields.values()
            if field.type in ("many2one", "many2many") and field.store and field.comodel_name == "res.partner"
        ]
