from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.res_company import MANAGER
from ..workflow.sequence_numbers import draw_numbers

ACTIVITY_APPROVAL = "property_outsourcing.activity_type_contract_approval"
ACTIVITY_RETURN = "property_outsourcing.activity_type_contract_return"
ACTIVITY_SIGNATURE = "property_outsourcing.activity_type_contract_signature"


class OutsourcingContract(models.Model):
    """Who approves a contract: another person than its author, above a limit two of them."""

    _inherit = "outsourcing.contract"
    _step_fields = ("approval_step", "create_uid", "submitted_by_id", "approved_by_id")

    second_approved_by_id = fields.Many2one("res.users", "Second Approval by", readonly=True, copy=False)
    date_second_approved = fields.Datetime("Second Approval on", readonly=True, copy=False)
    date_offered = fields.Datetime(
        "Offered for Signature",
        readonly=True,
        copy=False,
        help="From here on the contractor sees the approved contract and can sign it.",
    )
    return_reason = fields.Text("Reason of the Return", readonly=True, copy=False)
    needs_second_approval = fields.Boolean(
        compute="_compute_needs_second_approval", help="The amount is above the limit of the company."
    )
    approval_step = fields.Selection(
        [
            ("first", "Waits for approval"),
            ("second", "Waits for the second approval"),
            ("signature", "Waits for the contractor's signature"),
            ("ready", "Ready to activate"),
        ],
        compute="_compute_approval_step",
    )

    @api.depends("amount_total", "currency_id", "company_id")
    def _compute_needs_second_approval(self):
        for contract in self:
            contract.needs_second_approval = contract.company_id._outsourcing_needs_second_approval(
                contract.amount_total, contract.currency_id
            )

    @api.depends("state", "approved_by_id", "second_approved_by_id", "date_contractor_signed")
    def _compute_approval_step(self):
        for contract in self:
            contract.approval_step = contract.state == "to_approve" and contract._get_approval_step()

    def _compute_asked_names(self):
        # nobody reads whom another contract waits for: the sentence stands over those to approve
        waiting = self.filtered(lambda contract: contract.state == "to_approve")
        (self - waiting).asked_names = False
        return super(OutsourcingContract, waiting)._compute_asked_names()

    def _get_approval_step(self):
        """Return what a contract handed in for approval waits for, in the order of the steps."""
        self.ensure_one()
        if not self.approved_by_id:
            return "first"
        if self.needs_second_approval and not self.second_approved_by_id:
            return "second"
        # sudo: a setting
        if (
            self.company_id._get_outsourcing_setting("outsourcing_sign_before_activation")
            and not self.date_contractor_signed
        ):
            return "signature"
        return "ready"

    # ---- actions ----------------------------------------------------------------------------------------

    def action_approve(self):
        """Approve; with the last approval the contract becomes active, or is offered to the contractor."""
        self._check_actor("active")
        contracts = self.sudo()  # the actor is a manager, checked above
        for contract in contracts:
            if contract.state != "to_approve":
                raise UserError(self.env._("%s does not wait for an approval.", contract.display_name))
        contracts._record_approvals()
        waiting = contracts.grouped(lambda contract: contract._get_approval_step())
        waiting.pop("second", self.browse())._schedule_approval()
        for step, approved in waiting.items():
            approved._draw_numbers()
            if step == "signature":
                approved._offer_for_signature()
            else:
                approved.sudo(False)._transition_to("active")

    def action_activate(self):
        """Activate what is approved and signed."""
        self._transition_to("active")

    def action_return(self):
        """Give the contract back to its author, who may also take it back; others write a reason."""
        self._check_actor("draft")
        if all(contract.submitted_by_id == self.env.user for contract in self):
            return self._transition_to("draft")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return to the Author"),
            "res_model": "outsourcing.contract.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_contract_ids": self.ids},
        }

    def _return_to_author(self, reason):
        """Give ``self`` back to draft and say why; approvals and signature given so far are void."""
        self._check_actor("draft")
        if not (reason or "").strip():
            raise UserError(self.env._("Write what has to be corrected."))
        self._transition_to("draft")
        contracts = self._gated()
        contracts.write({"return_reason": reason.strip()})
        said = self.env._("Returned: %s", reason.strip())
        contracts._message_log_batch(dict.fromkeys(contracts.ids, said))
        summary = self.env._("Correct and submit again")
        contracts._schedule_events(
            ACTIVITY_RETURN,
            {
                contract: {"summary": summary, "note": reason.strip(), "users": contract.submitted_by_id}
                for contract in contracts
            },
        )

    def _record_approvals(self):
        """Record the next approval of the contracts (in sudo) that still wait for one."""
        by_step = self.grouped(lambda contract: contract._get_approval_step())
        for step in ("first", "second"):
            contracts = by_step.get(step, self.browse())
            for contract in contracts:
                contract._check_approver()
            contracts._gated().write(contracts._prepare_approval_vals(step))
            contracts.activity_feedback([ACTIVITY_APPROVAL])

    def _draw_numbers(self):
        """Number the contracts (in sudo) that have no number yet, in as many queries as for one."""
        unnumbered = self.filtered(lambda contract: not contract.name)
        for company, contracts in unnumbered.grouped("company_id").items():
            numbers = draw_numbers(company, "outsourcing.contract", len(contracts))
            for contract, number in zip(contracts, numbers, strict=True):
                contract._gated().write({"name": number})

    def _check_approver(self):
        """Raise UserError unless the acting person may give the next approval: duties are separate."""
        self._require_other_person("create_uid", "submitted_by_id", "approved_by_id", group=MANAGER)

    def _check_duties(self, step):
        super()._check_duties(step)
        for contract in self if step == "active" else ():
            if contract.approval_step in ("first", "second"):
                contract._check_approver()
            elif contract.state == "to_approve":
                contract._require_other_person("submitted_by_id", group=MANAGER)

    def _prepare_approval_vals(self, step):
        """Return who approves now and when."""
        now = fields.Datetime.now()
        if step == "first":
            return {"approved_by_id": self.env.uid, "date_approved": now}
        return {"second_approved_by_id": self.env.uid, "date_second_approved": now}

    def _offer_for_signature(self):
        """Show the approved contracts to the contractors, who sign them before they become active."""
        new = self.filtered(lambda contract: not contract.date_offered)
        new._gated().write({"date_offered": fields.Datetime.now()})
        said = self.env._("Approved. It waits for the contractor's signature.")
        new._message_log_batch(dict.fromkeys(new.ids, said))
        self._schedule_signature()

    def _get_barred_users(self, event):
        users = super()._get_barred_users(event)
        if event == self.env.ref(ACTIVITY_APPROVAL):
            users |= self.create_uid | self.submitted_by_id | self.approved_by_id
        return users

    def _schedule_approval(self):
        """Ask the next approver, the nearest manager who has not acted on the contract yet."""
        asked = {}
        for (company, area, acted), contracts in self.grouped(
            lambda c: (c.company_id, c.area_id, c.create_uid | c.submitted_by_id | c.approved_by_id)
        ).items():
            approver = company._outsourcing_get_approvers(area, acted)[:1]
            for contract in contracts if approver else ():
                summary = self.env._("Approve %s", contract.display_name)
                asked[contract] = {"summary": summary, "users": approver}
        self._schedule_events(ACTIVITY_APPROVAL, asked)

    def _get_void_approval_vals(self):
        """Return the values that take back every approval and signature: the terms may change again."""
        names = (
            "approved_by_id",
            "date_approved",
            "second_approved_by_id",
            "date_second_approved",
            "date_offered",
            *self._get_signature_fields(),
        )
        return dict.fromkeys(names, False)

    # ---- workflow ---------------------------------------------------------------------------------------

    def _check_transition(self, target):
        super()._check_transition(target)
        if target != "active":
            return
        labels = dict(self._fields["approval_step"]._description_selection(self.env))
        for contract in self.filtered(lambda contract: contract.state == "to_approve"):
            step = contract._get_approval_step()
            if step != "ready":
                raise UserError(
                    self.env._("%(contract)s: %(step)s.", contract=contract.display_name, step=labels[step])
                )

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "draft":
            vals.update(self._get_void_approval_vals())
        elif target == "to_approve":
            vals["return_reason"] = False
        return vals

    def _after_transition(self, target):
        if target == "active":
            self._draw_numbers()  # what follows names the contract by it
        super()._after_transition(target)
        if target in ("active", "draft", "cancelled"):
            self.activity_unlink([ACTIVITY_APPROVAL])
        if target in ("to_approve", "cancelled"):
            self.activity_unlink([ACTIVITY_RETURN])
        if target == "to_approve":
            self._schedule_approval()
