from odoo import api, fields, models

from odoo.addons.property_outsourcing.tools import RUNNING_STATES


class OutsourcingContract(models.Model):
    """What changed since the signature: amendments, and the site variations they take up."""

    _inherit = "outsourcing.contract"

    amendment_ids = fields.One2many("outsourcing.contract.amendment", "contract_id", "Amendments")
    variation_ids = fields.One2many("outsourcing.variation", "contract_id", "Site Variations")
    amendment_count = fields.Integer(compute="_compute_counters")
    variation_count = fields.Integer(compute="_compute_counters")
    # every new document writes the row, so that two at once cannot draw the same number
    amendment_last_number = fields.Integer(readonly=True, copy=False)
    variation_last_number = fields.Integer(readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"amendment_last_number", "variation_last_number"}

    @api.depends("milestone_ids.active")
    def _compute_date_handed_over(self):
        return super()._compute_date_handed_over()  # a dropped row completes nothing

    @api.model
    def _get_counters(self):
        return {
            **super()._get_counters(),
            "amendment_count": ("outsourcing.contract.amendment", "contract_id", []),
            "variation_count": ("outsourcing.variation", "contract_id", []),
        }

    def action_view_amendments(self):
        """Open the amendments of the contract."""
        return self._get_contract_action(
            "property_outsourcing_amendment.outsourcing_contract_amendment_action"
        )

    def action_view_variations(self):
        """Open the site variations and design changes of the contract."""
        return self._get_contract_action("property_outsourcing_amendment.outsourcing_variation_action")

    def action_amend_variations(self):
        """Gather the approved site variations of the contract into one amendment."""
        self.ensure_one()
        approved = self.variation_ids.filtered(lambda variation: variation.state == "approved")
        return approved.action_create_amendment()

    def _draw_change_number(self, field):
        """Return the next number of this contract's amendments or variations (called in sudo)."""
        self.ensure_one()
        number = self[field] + 1
        self._gated().write({field: number})
        return number

    def _get_change_blocker(self):
        """Return why the contract (in sudo) takes no amendment or variation now, or False."""
        self.ensure_one()
        if self.state in RUNNING_STATES:
            return False
        return self.env._(
            "%(contract)s is %(state)s: only a running or suspended contract is amended.",
            contract=self.display_name,
            state=self._get_state_label(),
        )

    def _get_approved_amount(self):
        first = self._get_amendments_in_force()[:1]
        return first.amount_before if first else super()._get_approved_amount()

    def _get_amendments_in_force(self):
        """Return the amendments that have been worked in, in that order; not one that is being so."""
        self.ensure_one()
        # sudo: whoever may read the contract reads the terms it has now, also those of other communities
        effective = self.sudo().amendment_ids.filtered("date_activated")
        return effective.sorted(lambda amendment: (amendment.date_activated, amendment.id))
