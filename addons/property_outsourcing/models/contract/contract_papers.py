from odoo import models

from ...tools import labelled
from ..workflow.trade_time import trade_day


class OutsourcingContract(models.Model):
    """Papers beside the contract: who agreed to it in the house, and the equipment it covers."""

    _name = "outsourcing.contract"
    _inherit = ["outsourcing.contract", "outsourcing.paper.mixin"]

    def action_print_approval(self):
        """Print the approval sheet (合同会签单)."""
        self._check_own_communities()
        self._check_paper("contract_approval")
        return self.env.ref("property_outsourcing.report_contract_approval").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if paper == "contract_approval" and self.state == "draft":
            missing.append(self.env._("it has not been handed in for approval"))
        if paper == "contract_equipment" and not self._get_print_equipment():
            missing.append(self.env._("no line of its scope names equipment"))
        return missing

    def _get_approved_amount(self):
        """Return the amount that was approved and signed, whatever changed it later. Hook."""
        self.ensure_one()
        return self.amount_total or self.amount_rows

    def _get_print_equipment(self):
        """Return the equipment the contract covers, archived ones included."""
        self.ensure_one()
        equipment = self.with_context(active_test=False).scope_ids.equipment_ids
        return equipment.sorted(lambda row: (row.outsourcing_community_id.id, row.name or ""))

    def _get_print_elevator_people(self):
        """Return who answers for elevator safety and the emergency phone, a line per community."""
        self.ensure_one()
        labels = {
            "elevator_safety_director": self.env._("Elevator safety director"),
            "elevator_safety_officer": self.env._("Elevator safety officer"),
            "elevator_rescue_phone": self.env._("Emergency phone"),
        }
        lines = []
        for community in (self.community_ids | self.community_id).sudo():  # names on a paper of the contract
            named = [
                labelled(self.env, label, community[name])
                for name, label in labels.items()
                if community[name]
            ]
            if named:
                lines.append(labelled(self.env, self._name_of(community), self._get_print_list(named)))
        return lines

    def _get_print_approvals(self):
        """Return [(department, name, day, decision)] of the approval sheet; what is on record is filled in.

        Quality, finance and the head of the firm agree by hand where no approval of theirs is on record.
        """
        _, self = self.env._, self.sudo()  # names of who approved; whoever prints reads the contract
        approved, second = (
            self._get_print_date(moment and trade_day(self, moment))
            for moment in (self.date_approved, self.date_second_approved)
        )
        agreed = _("Agreed")
        return [
            (_("Author"), self._name_of(self.submitted_by_id), "", ""),
            (_("Project manager"), self._name_of(self.manager_id), "", ""),
            (_("Engineering (quality) department"), "", "", ""),
            (_("Finance department"), "", "", ""),
            (
                _("Outsourcing manager"),
                self._name_of(self.approved_by_id),
                approved,
                agreed if self.approved_by_id else "",
            ),
            (
                _("Head of the company"),
                self._name_of(self.second_approved_by_id),
                second,
                agreed if self.second_approved_by_id else "",
            ),
        ]

    def _get_party_signers(self):
        """Return who signs an annex, in this order."""
        return [self.env._("Party A (seal)"), self.env._("Party B (seal)")]
