from odoo import models
from odoo.fields import Command

from ..workflow.gate import open_gate


class OutsourcingContract(models.Model):
    """Single equipment joins or leaves a running contract: the scope that names it follows."""

    _inherit = "outsourcing.contract"

    def _get_scope_of(self, community):
        """Return the scope lines of ``community``, with scrapped equipment: it is taken out as well."""
        lines = self.with_context(active_test=False).scope_ids
        return lines.filtered(lambda line: line.community_id == community)

    def _get_scope_in_force(self, community, date=None):
        """Return the scope lines of ``community`` in force on ``date``, by default to the end of the term."""
        return self._get_scope_of(community).filtered(
            lambda line: not line.date_end or (date and line.date_end >= date)
        )

    def _get_covered_equipment(self, community, date):
        """Return the equipment of ``community`` that the scope names on ``date``."""
        self.ensure_one()
        return self._get_scope_in_force(community, date).equipment_ids

    def _get_staying_equipment(self, community):
        """Return the equipment of ``community`` served to the end of the term.

        Where the scope of the community names none it is all equipment of the service type.
        """
        self.ensure_one()
        if self._get_scope_of(community).equipment_ids:
            return self._get_scope_in_force(community).equipment_ids
        return community.with_context(active_test=False).equipment_ids.filtered(
            lambda item: item.outsourcing_service_type_id == self.service_type_id
        )

    def _start_equipment(self, equipment, first):
        """Serve ``equipment`` from ``first`` on. Hook: call super.

        Called (in sudo) when an amendment adds it; all of it is in one community.
        """
        self.ensure_one()
        community = equipment.outsourcing_community_id
        if self._get_scope_of(community).equipment_ids:  # else the scope is one in words, and stays so
            lines = self._get_scope_in_force(community) or self._get_scope_in_force(community, first)
            for line in lines.filtered("equipment_ids")[:1] or lines[:1]:
                line._name_equipment(line.equipment_ids | equipment)

    def _end_equipment(self, equipment, last):
        """Serve ``equipment`` no longer than ``last``. Hook: call super.

        Called (in sudo) when an amendment removes it; all of it is in one community.
        """
        self.ensure_one()
        for line in self._get_scope_in_force(equipment.outsourcing_community_id):
            if leaving := line.equipment_ids & equipment:
                # a line of its own says until when, the other goes on
                ended = open_gate(line).copy({"contract_id": self.id, "date_end": last})
                ended._name_equipment(leaving)
                line._name_equipment(line.equipment_ids - leaving)


class OutsourcingContractScope(models.Model):
    _inherit = "outsourcing.contract.scope"

    def _name_equipment(self, equipment):
        """Let the line (in sudo) name ``equipment``; a workload that counted it goes on counting."""
        self.ensure_one()
        vals = {"equipment_ids": [Command.set(equipment.ids)]}
        if self.quantity == len(self.equipment_ids):
            vals["quantity"] = len(equipment)
        open_gate(self).write(vals)
