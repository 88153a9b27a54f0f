from odoo import models


class OutsourcingContract(models.Model):
    """The clocks of open work orders rest with their contract."""

    _inherit = "outsourcing.contract"

    def _suspend(self, reason, **vals):
        super()._suspend(reason, **vals)
        if not vals.get("pauses_limits", True):
            return
        orders = self.env["project.task"].sudo()  # super has checked who suspends
        orders = orders.search(
            [
                ("outsourcing_contract_id", "in", self.ids),
                ("is_closed", "=", False),
                ("outsourcing_date_completed", "=", False),
                ("outsourcing_hold_ids", "not any", [("state", "in", ("requested", "granted"))]),
            ]
        )
        orders._create_holds(self._get_suspension_reason(), reason, "granted", decided_by_id=self.env.uid)
        orders._apply_holds()

    def _end_suspensions(self):
        result = super()._end_suspensions()
        orders = self.env["project.task"].sudo()  # the contract's own transition has checked who resumes
        orders.search(
            [
                ("outsourcing_contract_id", "in", self.ids),
                ("outsourcing_hold_reason_id", "=", self._get_suspension_reason().id),
            ]
        )._end_holds()
        return result

    def _get_suspension_reason(self):
        return self.env.ref("property_outsourcing.hold_reason_suspended").sudo()  # master data
