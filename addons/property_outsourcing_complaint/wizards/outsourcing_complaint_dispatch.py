from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingComplaintDispatch(models.TransientModel):
    """Who does it: the contract is found by place and service, own staff where there is none."""

    _name = "outsourcing.complaint.dispatch"
    _description = "Dispatch of Complaints"

    complaint_ids = fields.Many2many("outsourcing.complaint", required=True)
    found_ids = fields.Many2many(
        "outsourcing.contract", string="Contracts that Cover it", compute="_compute_found"
    )
    order_id = fields.Many2one("project.task", "Earlier Order", compute="_compute_found")
    note = fields.Char("Found", compute="_compute_found")
    way = fields.Selection(
        [
            ("again", "Give the order back"),
            ("contract", "The contractor"),
            ("staff", "Own staff"),
        ],
        "Done by",
        required=True,
        compute="_compute_way",
        store=True,
        readonly=False,
    )
    contract_id = fields.Many2one(
        "outsourcing.contract",
        domain="[('id', 'in', found_ids)]",
        compute="_compute_way",
        store=True,
        readonly=False,
    )
    user_id = fields.Many2one(
        "res.users", "Colleague", domain="[('share', '=', False)]", default=lambda self: self.env.user
    )
    instruction = fields.Text(
        "What to Do",
        compute="_compute_instruction",
        store=True,
        readonly=False,
        help="The contractor reads it; telephone numbers of residents are left out.",
    )

    @api.depends("complaint_ids")
    def _compute_found(self):
        for wizard in self:
            complaints = wizard.complaint_ids._origin
            wizard.found_ids = complaints._find_contracts()
            order = complaints.task_id
            wizard.order_id = order if len(order) == 1 and order.is_closed else False
            wizard.note = wizard._describe(complaints, wizard.found_ids._origin)

    def _describe(self, complaints, contracts):
        service = join_names(self.env, complaints.service_type_id.mapped("name"))
        if not contracts and service:
            return self.env._("No running contract covers %s here: have own staff do it.", service)
        if not contracts:
            return self.env._("No service is named: choose it on the complaint, or have own staff do it.")
        if len(contracts) > 1:
            names = join_names(self.env, contracts.mapped("display_name"))
            return self.env._("Several contracts cover it: choose one of %s.", names)
        contract = contracts.sudo()  # the name of its contractor
        return self.env._(
            "%(contract)s of %(contractor)s covers it.",
            contract=contract.name,
            contractor=contract.contractor_id.name,
        )

    @api.depends("complaint_ids")
    def _compute_way(self):
        for wizard in self:
            contracts = wizard.found_ids._origin
            wizard.contract_id = contracts if len(contracts) == 1 else False
            again = wizard.order_id and set(wizard.complaint_ids.mapped("state")) == {"returned"}
            wizard.way = "again" if again else "contract" if contracts else "staff"

    @api.depends("complaint_ids")
    def _compute_instruction(self):
        for wizard in self:
            complaints = wizard.complaint_ids._origin
            reasons = [complaints._hide_numbers(row.return_reason) for row in complaints]
            wizard.instruction = "\n".join(filter(None, (*reasons, complaints._get_instruction())))

    def action_confirm(self):
        """Dispatch: one order for all of the complaints, or a to-do for a colleague."""
        self.ensure_one()
        complaints = self.complaint_ids
        if len(complaints.community_id) > 1:
            raise UserError(self.env._("One order is for one community."))
        if self.way == "again":
            if not self.order_id:
                raise UserError(self.env._("There is no finished order to give back."))
            complaints._dispatch_again(self.instruction)
        elif self.way == "contract":
            if not self.contract_id:
                raise UserError(self.env._("Choose the contract under which it is done."))
            complaints._dispatch_to_contract(self.contract_id, self.instruction)
        else:
            if not self.user_id:
                raise UserError(self.env._("Choose the colleague who does it."))
            complaints._dispatch_to_staff(self.user_id, self.instruction)
        return {"type": "ir.actions.act_window_close"}
