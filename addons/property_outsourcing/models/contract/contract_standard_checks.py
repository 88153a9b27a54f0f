from odoo import models

from ...tools import join_names
from ..workflow.missing_points import MissingPoint


class OutsourcingContract(models.Model):
    """The clauses of the library a contract cites, and whether they are in force when it starts."""

    _inherit = "outsourcing.contract"

    def action_pick_standards(self):
        """Open the dialogue that picks clauses of the library into the contract."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pick Clauses from the Library"),
            "res_model": "outsourcing.standard.pick",
            "view_mode": "form",
            "target": "new",
            "context": {"default_contract_id": self.id},
        }

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        # a setting of the contract's own company
        refused = target == "to_approve" and self.company_id._get_outsourcing_setting(
            "outsourcing_refuse_outdated_standards"
        )
        outdated = self._get_outdated_standards() if refused else None
        if outdated:
            sentence = self.env._(
                "%(contract)s cites %(standards)s, not in force on its first day %(date)s.",
                contract=self.display_name,
                standards=join_names(self.env, outdated.mapped("number")),
                date=self.date_start,
            )
            points.append(MissingPoint(sentence, record=self, page="sla"))
        return points

    def _get_outdated_standards(self):
        """Return the cited standards of the library that are not in force on the first day."""
        self.ensure_one()
        standards = self.standard_ids.clause_id.standard_id
        return standards.filtered(lambda standard: not standard._is_in_force(self.date_start))

    def _get_submit_warnings(self):
        warnings = super()._get_submit_warnings()
        for standard in self.standard_ids.clause_id.standard_id:
            if standard.superseded_by_id:
                warnings.append(
                    self.env._(
                        "%(standard)s is superseded by %(successor)s.",
                        standard=standard.number,
                        successor=standard.superseded_by_id.display_name,
                    )
                )
            elif self.date_start and not standard._is_in_force(self.date_start):
                warnings.append(
                    self.env._(
                        "%(standard)s is not in force on %(date)s.",
                        standard=standard.number,
                        date=self.date_start,
                    )
                )
        return warnings

    def _get_submit_hints(self):
        hints = super()._get_submit_hints()
        unverified = self.standard_ids.clause_id.filtered("is_unverified")
        if unverified:
            hints.append(
                self.env._(
                    "%s of the cited clauses come from practice: compare them with the official text.",
                    len(unverified),
                )
            )
        return hints
