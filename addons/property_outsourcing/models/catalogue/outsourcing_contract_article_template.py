from odoo import api, fields, models

from .outsourcing_service_type import KINDS


class OutsourcingContractArticleTemplate(models.Model):
    """What a company's contracts of a kind say beside their figures; a draft copies it."""

    _name = "outsourcing.contract.article.template"
    _description = "Article Template"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.article.mixin"]
    _order = "place_order, sequence, id"

    name = fields.Char("Title", required=True, translate=True)
    text = fields.Text("Wording", required=True, translate=True, help="A line is a clause with its number.")
    kind = fields.Selection(KINDS, "Kind of Contract", index=True, help="Empty: contracts of every kind.")
    active = fields.Boolean(default=True)
    place_order = fields.Integer(compute="_compute_place_order", store=True)
    version = fields.Integer(
        default=1, readonly=True, copy=False, help="Goes up with each change of title or wording."
    )
    note = fields.Text(translate=True, help="For those who draw up contracts; never printed.")
    needs_lawyer = fields.Boolean("A Lawyer Has to Check")

    @api.depends("place")
    def _compute_place_order(self):
        places = list(dict(self._fields["place"].selection))
        for template in self:
            template.place_order = places.index(template.place) if template.place else 0

    def write(self, vals):
        if {"name", "text"} & vals.keys() and not self.env.context.get("install_mode"):
            changed = self.filtered(
                lambda row: any(row[name] != vals.get(name, row[name]) for name in ("name", "text"))
            )
            for version, templates in changed.grouped("version").items():
                super(OutsourcingContractArticleTemplate, templates).write({"version": version + 1})
        return super().write(vals)

    @api.model
    def _get_templates(self, service):
        """Return the articles a new contract of the service type starts from, in the order printed."""
        return self.search([("kind", "in", (False, service.kind))]) if service else self.browse()

    def _prepare_article_vals(self):
        """Return the article's values, to copy it to a contract in the language of ``self``."""
        self.ensure_one()
        names = ("name", "text", "place", "sequence", "condition")
        return {name: self[name] for name in names} | {"template_id": self.id, "version": self.version}
