from odoo import api, models


class OutsourcingAcceptance(models.Model):
    """What a new acceptance begins with: its checklist or score sheet, and its third party."""

    _inherit = "outsourcing.acceptance"

    @api.model_create_multi
    def create(self, vals_list):
        self.flush_model(["state"])  # one that was just rejected no longer stands in the way of its successor
        acceptances = super().create(vals_list)
        acceptances._set_default_third_party()
        acceptances.filtered(lambda a: a.method == "levels")._load_checklist()
        acceptances.filtered(lambda a: a.method == "score")._load_score_sheet()
        return acceptances

    def write(self, vals):
        result = super().write(vals)
        if {"checklist_id", "milestone_id"} & set(vals):
            self.filtered(lambda a: a.method == "levels" and a.state == "draft")._load_checklist()
            self.filtered(lambda a: a.method == "score" and a.state == "draft")._load_score_sheet()
        return result

    def _set_default_third_party(self):
        missing = self.filtered(lambda a: a.requires_third_party and not a.third_party_id)
        if not missing:
            return
        # sudo: what a manager named for the contract before
        earlier = self.sudo().search_fetch(
            [("contract_id", "in", missing.contract_id.ids), ("third_party_id", "!=", False)],
            ["contract_id", "third_party_id"],
            order="id desc",
        )
        bodies = {a.contract_id: a.third_party_id for a in earlier.sorted("id")}
        for acceptance in missing:
            if acceptance.contract_id in bodies:
                acceptance._gated().third_party_id = bodies[acceptance.contract_id]
