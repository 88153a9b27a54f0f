from markupsafe import Markup

from odoo import api, fields, models

from ...tools import RUNNING_STATES

EVENT = "property_outsourcing.activity_type_termination_proposal"


class OutsourcingContract(models.Model):
    """Cards, scores or clauses propose the end of a contract; its manager decides."""

    _inherit = "outsourcing.contract"

    termination_proposal = fields.Html(
        "Termination Proposed",
        compute="_compute_termination_proposal",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("state", "activity_ids")
    def _compute_termination_proposal(self):
        running = self.filtered(lambda contract: contract.state in RUNNING_STATES)
        activities = running._search_termination_proposals().grouped("res_id")
        for contract in self:
            notes = activities.get(contract._origin.id, self.env["mail.activity"]).mapped("note")
            contract.termination_proposal = Markup().join(notes) or False

    def _search_termination_proposals(self):
        """Return the activities that propose the end of the contracts ``self`` and wait for a decision."""
        kind_id = self.env["ir.model.data"]._xmlid_to_res_id(EVENT)
        activities = self.env["mail.activity"].sudo()  # what the contract's form says to its readers
        return activities.search(
            [("activity_type_id", "=", kind_id), ("res_model", "=", self._name), ("res_id", "in", self.ids)],
            order="id",
        )

    def _propose_termination(self, reason, source):
        """Ask the contract's manager to decide whether the contract ends; nothing ends by itself.

        The contract's form shows the proposal and leads to the dialogue that terminates it. Closing the
        activity is the decision to go on.

        :param str reason: why, in one sentence for people
        :param source: the record it rests on, a card for example: each proposes once, decided or not
        :return: the new activity, empty where ``source`` has proposed already or the contract is not running
        """
        self.ensure_one()
        activities = self.env["mail.activity"].sudo()  # asking a person grants nothing
        key = f"{self._name},{self.id}:{source._name},{source.id}"
        known = activities.with_context(active_test=False).search([("outsourcing_proposal_key", "=", key)])
        if known or self.state not in RUNNING_STATES:
            return activities
        asked = {"summary": self.env._("Decide whether the contract ends"), "users": self.manager_id}
        asked["note"] = Markup("<p>%s %s</p>") % (reason, source.sudo()._get_html_link())  # its name only
        return activities.create(
            {
                **self._prepare_event_vals(asked),
                "activity_type_id": self.env.ref(EVENT).id,
                "res_model_id": self.env["ir.model"]._get_id(self._name),
                "res_id": self.id,
                "user_id": self._map_asked_users({self: asked})[self][:1].id,
                "outsourcing_proposal_key": key,
            }
        )

    def _after_transition(self, target):
        super()._after_transition(target)
        if target not in RUNNING_STATES:
            self.activity_feedback([EVENT])
