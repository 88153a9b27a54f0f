import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

# telephone numbers as residents write them: mobile ones and those of a desk, with spaces or dashes
NUMBER = re.compile(r"(?<!\d)\+?(?:\d[\s-]?){6,14}\d(?!\d)")
EVENT_OWN = "property_outsourcing_complaint.activity_type_complaint_own"


class OutsourcingComplaint(models.Model):
    """The contract that covers place and service is found; the contractor reads what to do, not who calls."""

    _inherit = "outsourcing.complaint"

    contract_id = fields.Many2one(
        "outsourcing.contract",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Whose service it is about; found with the dispatch.",
    )
    contractor_id = fields.Many2one(
        related="contract_id.contractor_id", string="Contractor", store=True, index="btree_not_null"
    )
    task_id = fields.Many2one(
        "project.task", "Work Order", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    date_reported = fields.Datetime(
        "Reported Done by the Contractor",
        readonly=True,
        copy=False,
        help="The order is checked by staff before the resident is asked.",
    )
    own_user_id = fields.Many2one(
        "res.users", "Own Staff", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"contract_id", "task_id", "date_reported", "own_user_id"}

    def _find_contracts(self):
        """Return the contracts under which the complaints ``self`` can be dispatched together today.

        Those whose scope names the equipment, else those of the service type that serve the community.
        """
        found = None
        for complaint in self:
            contracts = complaint._find_own_contracts()
            found = contracts if found is None else found & contracts
        return found if found is not None else self.env["outsourcing.contract"]

    def _find_own_contracts(self):
        self.ensure_one()
        service, equipment = self.service_type_id, self.equipment_id
        if equipment and service in (equipment.outsourcing_service_type_id, service.browse()):
            if contracts := equipment._get_dispatch_contracts():
                return contracts
        contracts = self.env["outsourcing.contract"]
        if not service:
            return contracts
        domain = [
            ("community_ids", "in", self.community_id.ids),
            ("service_type_id", "=", service.id),
            ("state", "=", "active"),
        ]
        return contracts.search(domain).filtered(lambda contract: not contract.is_lapsed)

    @api.model
    def _hide_numbers(self, text):
        """Return ``text`` without the telephone numbers in it."""
        return NUMBER.sub("***", text or "")

    def _hide_reporters(self, text):
        """Return ``text`` without the telephones of whoever reported ``self``, however they are spelt."""
        people = self._get_family().sudo().reporter_ids  # to be left out
        for phone in filter(None, people.mapped("phone")):
            digits = r"[\s-]?".join(phone.removeprefix("+"))
            text = re.sub(rf"(?<!\d)(\+?86[\s-]?)?{digits}(?!\d)", "***", text or "")
        return text

    def _get_instruction(self):
        """Return what the contractor is told, without the numbers residents left in their words."""
        told = [
            self._hide_numbers(text)
            for complaint in self
            for text in (complaint.description, complaint.wish)
            if text
        ]
        return "\n".join(dict.fromkeys(told))

    def action_dispatch(self):
        """Open the dialogue that has it done: by the contractor whose contract covers it, or by own staff."""
        self._check_actor("dispatched")
        self._check_source_state("dispatched")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispatch"),
            "res_model": "outsourcing.complaint.dispatch",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_ids": self.ids},
        }

    def action_view_order(self):
        """Open the work order of the complaint."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_order_action"
        )
        return {**action, "view_mode": "form", "views": [(False, "form")], "res_id": self.task_id.id}

    # ---- three ways -------------------------------------------------------------------------------------

    def _dispatch_to_contract(self, contract, instruction):
        """Order the work under ``contract``, one order for all of ``self``."""
        self._check_actor("dispatched")
        if contract not in self._find_contracts():
            raise UserError(self.env._("%s does not cover this place and service.", contract.display_name))
        order = contract._dispatch_order(self._prepare_order_vals(instruction))
        self._gated().write(
            {"contract_id": contract.id, "task_id": order.id, "own_user_id": False, "date_reported": False}
        )
        self._transition_to("dispatched")
        return order

    def _dispatch_again(self, reason):
        """Give the order of a returned complaint back to its contractor; its clock starts anew."""
        self._check_actor("dispatched")
        self.task_id._reopen_orders(self._hide_reporters(reason))
        self._gated().write({"date_reported": False})
        self.filtered(lambda complaint: complaint.state != "dispatched")._transition_to("dispatched")

    def _dispatch_to_staff(self, user, instruction):
        """Have own staff do it; they report with the button *Done*."""
        self._check_actor("dispatched")
        self._gated().write({"task_id": False, "own_user_id": user.id, "date_reported": False})
        self._transition_to("dispatched")
        summary = self.env._("Have it done: %s", (instruction or self[:1].title or "")[:120])
        self._schedule_event(EVENT_OWN, summary, users=user)

    def _prepare_order_vals(self, instruction):
        """Return the values of the work order for all of ``self``; it never names a resident."""
        first = self.sorted("priority")[:1]
        place = self.location_id if len(self.location_id) == 1 else self.location_id.browse()
        equipment = self.equipment_id if len(self.equipment_id) == 1 else self.equipment_id.browse()
        kind = "complaint" if "complaint" in self.mapped("kind") else "corrective"
        return {
            "name": self._hide_numbers(first.title or first.name),
            "description": plaintext2html(self._hide_reporters(instruction) or ""),
            "outsourcing_kind": kind,
            "outsourcing_priority": first.priority,
            "outsourcing_community_id": first.community_id.id,
            "outsourcing_location_id": place.id,
            "outsourcing_equipment_id": equipment.id,
        }

    # ---- gate -------------------------------------------------------------------------------------------

    def _check_transition(self, target):
        super()._check_transition(target)
        for complaint in self:
            order = complaint.task_id
            if target == "dispatched" and not order and not complaint.own_user_id:
                raise UserError(self.env._("%s: say who does it.", complaint.display_name))
            if target in ("accepted", "done", "merged", "rejected") and order and not order.is_closed:
                raise UserError(
                    self.env._(
                        "%(complaint)s: the work order %(order)s is still open; close it first.",
                        complaint=complaint.display_name,
                        order=order.name,
                    )
                )

    def _after_transition(self, target):
        super()._after_transition(target)
        if target != "dispatched":
            self._close_events(EVENT_OWN)
