from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from odoo.addons.property_outsourcing.tools import labelled

from .outsourcing_change_mixin import MANAGER


class OutsourcingVariation(models.Model):
    """Approved variations are gathered into an amendment, which makes them payable."""

    _inherit = "outsourcing.variation"

    def action_create_amendment(self):
        """Open the dialogue that gathers these approved variations into one amendment."""
        self._check_may_amend()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create amendment"),
            "res_model": "outsourcing.variation.amendment",
            "view_mode": "form",
            "target": "new",
            "context": {"default_variation_ids": [Command.set(self.ids)]},
        }

    def _check_may_amend(self):
        """Raise unless these variations can go into one amendment together."""
        self.check_access("read")
        self._require_group(MANAGER)
        if not self:
            raise UserError(self.env._("No approved site variation waits for an amendment."))
        if len(self.contract_id) > 1:
            raise UserError(self.env._("An amendment takes up the variations of one contract only."))
        for variation in self:
            if variation.state != "approved" or variation.amendment_id:
                raise UserError(
                    self.env._(
                        "%(name)s is %(state)s: only approved variations go into an amendment, each once.",
                        name=variation.display_name,
                        state=variation._get_state_label(),
                    )
                )

    def _create_amendment(self, title, milestone=None, name=None, date_due=False, reason=None):
        """Gather these variations into a draft amendment.

        :param milestone: the payment row that takes the amount; without one each community gets a new row
        :param str name: name of the new payment row
        :return: the amendment
        """
        # the defaults of the dialogue are not those of the documents it creates
        context = clean_context(self.env.context)
        return self.with_context(context)._gather(  # pylint: disable=context-overridden
            title, milestone, name, date_due, reason
        )

    def _gather(self, title, milestone, name, date_due, reason):
        self._check_may_amend()
        self.lock_for_update()
        amendment = self.env["outsourcing.contract.amendment"].create(
            {
                "title": title,
                "contract_id": self.contract_id.id,
                "reason": reason or "\n".join(labelled(self.env, v.display_name, v.reason) for v in self),
            }
        )
        groups = {False: self} if milestone else self.grouped("community_id")
        for community, variations in groups.items():
            vals = {"amendment_id": amendment.id, "amount": sum(variations.mapped("amount_total"))}
            if milestone:
                vals.update(kind="row_delta", milestone_id=milestone.id)
            else:
                vals.update(kind="row_new", name=name or title, community_id=community.id, date=date_due)
                variations._check_positive(vals["amount"])
            line = self.env["outsourcing.contract.amendment.line"].create(vals)
            variations._gated().write({"amendment_id": amendment.id, "amendment_line_id": line.id})
        self._transition_to("amended")
        return amendment

    def _check_positive(self, amount):
        if amount <= 0:
            raise UserError(
                self.env._("These variations lower the amount: choose the payment row they are taken off.")
            )

    def _release_from_amendment(self):
        """Let variations wait for another amendment, because theirs was dropped (in sudo)."""
        self._gated().write({"state": "approved", "amendment_id": False, "amendment_line_id": False})
