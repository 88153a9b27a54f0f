from odoo import fields, models

from odoo.addons.property_outsourcing.tools import RUNNING_STATES, labelled

from ..cycles import CYCLE_RANK, CYCLES


class OutsourcingChecklist(models.Model):
    _name = "outsourcing.checklist"
    _inherit = ["outsourcing.in.use.mixin"]
    _description = "Checklist"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    service_type_id = fields.Many2one("outsourcing.service.type", string="Service type", index=True)
    standard = fields.Char(translate=True, help="National, local or company standard the items come from.")
    cycle = fields.Selection(CYCLES, default="none", required=True, help="The shortest cycle of its items.")
    cumulative = fields.Boolean(
        help="A visit of a longer cycle covers the items of every shorter one as well: "
        "the quarterly visit of an elevator is the half-monthly list and the quarterly list."
    )
    item_ids = fields.One2many("outsourcing.checklist.item", "checklist_id", string="Items", copy=True)
    item_count = fields.Integer(compute="_compute_item_count", string="Item count")

    _code_uniq = models.UniqueIndex("(code)", "Another checklist has this code.")

    def _compute_item_count(self):
        counts = dict(
            self.env["outsourcing.checklist.item"]._read_group(
                [("checklist_id", "in", self.ids)], ["checklist_id"], ["__count"]
            )
        )
        for checklist in self:
            checklist.item_count = counts.get(checklist._origin, 0)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for checklist, vals in zip(self, vals_list, strict=True):
            if "code" not in (default or {}):
                vals["code"] = self.env._("%s (copy)", checklist.code)
        return vals_list

    def _get_items(self, cycle="none"):
        """Return the items a visit of ``cycle`` covers: all, or up to its cycle in a cumulative list."""
        self.ensure_one()
        if not self.cumulative or cycle == "none":
            return self.item_ids
        rank = CYCLE_RANK[cycle]
        return self.item_ids.filtered(lambda item: CYCLE_RANK[item.cycle or "none"] <= rank)

    def _get_row_items(self, row):
        """Return the items that are checked when the payment ``row`` is accepted.

        A part is asked what belongs to its kinds of work, the completion what belongs to the whole work and
        whatever no part names.

        :param row: ``outsourcing.contract.milestone``
        """
        self.ensure_one()
        completes = row in row.contract_id._get_completion_rows()
        elsewhere = row._get_other_rows().work_kind_ids
        return self.item_ids.filtered(lambda item: item._belongs_to(completes, row.work_kind_ids, elsewhere))

    def _get_uses(self):
        uses = super()._get_uses()
        plans = self.env["outsourcing.inspection.plan"].sudo()  # names of plans only
        running = [("checklist_id", "in", self.ids), ("contract_id.state", "in", RUNNING_STATES)]
        for plan in plans.search(running):
            name = labelled(self.env, plan.contract_id.display_name, plan.display_name)
            uses.setdefault(self.browse(plan.checklist_id.id), []).append(name)
        return uses
