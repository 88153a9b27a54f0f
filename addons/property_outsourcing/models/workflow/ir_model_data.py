from odoo import api, models
from odoo.exceptions import UserError

SUITE = "property_outsourcing"
# what an add-on brings of these models is named by its code, every record of it
KEPT_MODELS = (
    "account.analytic.plan", "ir.actions.act_window", "ir.actions.client", "ir.actions.report",
    "ir.actions.server", "ir.actions.act_url", "ir.cron", "ir.sequence", "ir.ui.view", "mail.activity.type",
    "mail.message.subtype", "product.product", "product.template", "project.task.type", "res.groups",
    "uom.uom",
)  # fmt: skip


class IrModelData(models.Model):
    """Records that the code of the suite names: nobody deletes them, as little as their external ids."""

    _inherit = "ir.model.data"

    @api.model
    def _get_kept_records(self):
        """Return which records that the suite brings are never deleted. Hook: extend super's dict.

        :return: dict: model -> set of external ids; None: all that an add-on of the suite brings of it
        """
        return dict.fromkeys(KEPT_MODELS)

    def _filter_kept(self):
        """Return the external ids among ``self`` that the code relies on."""
        kept = self._get_kept_records()
        return self.filtered(
            lambda row: (
                row.module.startswith(SUITE)
                and row.model in kept
                and (kept[row.model] is None or row.complete_name in kept[row.model])
            )
        )

    @api.model
    def _search_kept(self, records):
        """Return the external ids the code relies on that name one of ``records``."""
        if not self.env.registry.ready or records._name not in self._get_kept_records():
            return self.browse()  # modules that are loaded or removed tidy up after themselves
        named = [("model", "=", records._name), ("res_id", "in", records.ids)]
        return self.sudo().search(named)._filter_kept()  # which records are the suite's own

    @api.ondelete(at_uninstall=True)
    def _unlink_except_kept(self):
        if self.env.registry.ready:
            self._filter_kept()._refuse_to_go()

    def write(self, vals):
        if set(vals) & {"module", "name", "model", "res_id"} and self.env.registry.ready:
            self._filter_kept()._refuse_to_go()
        return super().write(vals)

    def _refuse_to_go(self):
        """Raise UserError if there is any kept record in ``self``."""
        for row in self:
            record = self.env[row.model].browse(row.res_id).exists()
            raise UserError(
                self.env._(
                    "“%s” belongs to the outsourcing add-ons, whose work relies on it: it is neither deleted "
                    "nor emptied.",
                    record.display_name or row.complete_name,
                )
            )


class Base(models.AbstractModel):
    _inherit = "base"

    @api.ondelete(at_uninstall=True)
    def _unlink_except_kept_by_outsourcing(self):
        self.env["ir.model.data"]._search_kept(self)._refuse_to_go()


class OutsourcingKeptMixin(models.AbstractModel):
    """Records of which some are named by code: what the code needs of those stays as it is."""

    _name = "outsourcing.kept.mixin"
    _description = "Records Named by Code"

    _kept_fields = ("active",)

    def write(self, vals):
        if any(self._is_emptied(name, vals[name]) for name in self._kept_fields if name in vals):
            self.env["ir.model.data"]._search_kept(self)._refuse_to_go()
        return super().write(vals)

    def _is_emptied(self, name, value):
        return any(record[name] and record[name] != value for record in self)
