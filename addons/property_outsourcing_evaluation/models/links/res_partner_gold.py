from odoo import api, fields, models


class ResPartner(models.Model):
    """Gold partners: how they are seen."""

    _inherit = "res.partner"

    outsourcing_award_ids = fields.One2many(
        "outsourcing.award", "contractor_id", "Gold Awards of the Contractor", groups="base.group_user"
    )
    outsourcing_valid_award_ids = fields.Many2many(
        "outsourcing.award",
        string="Gold Awards Valid Today",
        compute="_compute_outsourcing_valid_award_ids",
        compute_sudo=True,
        groups="base.group_system",
        export_string_translation=False,
    )
    outsourcing_gold_until = fields.Date(
        "Gold Partner until",
        compute="_compute_outsourcing_gold_until",
        compute_sudo=True,
        groups="base.group_user",
        help="In this company; it rests while a card is in force.",
    )
    outsourcing_award_count = fields.Integer(
        "Gold Awards", compute="_compute_outsourcing_award_count", groups="base.group_user"
    )

    def _compute_outsourcing_award_count(self):
        awards = self.env["outsourcing.award"]
        domain = [("contractor_id", "in", self.ids), ("state", "=", "awarded")]
        counts = {}
        if awards.has_access("read"):
            counts = dict(awards._read_group(domain, ["contractor_id"], ["__count"]))
        for firm in self:
            firm.outsourcing_award_count = counts.get(firm._origin, 0)

    # shown to whoever may read the firm: searched as superuser, for all firms at once
    @api.depends("outsourcing_award_ids.state")
    def _compute_outsourcing_valid_award_ids(self):
        domain = [("contractor_id", "in", self.ids), ("is_valid", "=", True)]
        awards = self.env["outsourcing.award"].search(domain).grouped("contractor_id")
        for firm in self:
            firm.outsourcing_valid_award_ids = awards.get(firm._origin, False)

    @api.depends("outsourcing_valid_award_ids", "outsourcing_active_card_ids")
    @api.depends_context("company")
    def _compute_outsourcing_gold_until(self):
        for firm in self:
            award = firm._get_outsourcing_gold_award(self.env.company)
            firm.outsourcing_gold_until = award.date_until

    def _get_outsourcing_gold_award(self, company):
        """Return the award by which the firm ``self`` (in sudo) is a gold partner of ``company`` today.

        Empty while a card is in force: the title rests, it is not lost.
        """
        self.ensure_one()
        awards = self.outsourcing_valid_award_ids.filtered(lambda award: award.company_id == company)
        if self._get_outsourcing_cards_in_force(company):
            return awards.browse()
        return awards[:1]

    def action_view_outsourcing_awards(self):
        """Open the gold awards of the contractor, past ones as well."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_award_action"
        )
        return {**action, "domain": [("contractor_id", "in", self.ids)], "context": {}}
