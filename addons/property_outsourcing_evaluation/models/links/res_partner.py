from markupsafe import Markup

from odoo import api, fields, models


class ResPartner(models.Model):
    """The evaluations of a contractor, its present grades, and what they stand in the way of."""

    _inherit = "res.partner"

    outsourcing_evaluation_ids = fields.One2many(
        "outsourcing.evaluation", "contractor_id", "Evaluations of the Contractor", groups="base.group_user"
    )
    outsourcing_evaluation_count = fields.Integer(
        "Evaluations", compute="_compute_outsourcing_evaluation_count", groups="base.group_user"
    )
    outsourcing_grade_label = fields.Char(
        "Last Grades", compute="_compute_outsourcing_evaluation_count", groups="base.group_user"
    )
    outsourcing_last_evaluation_ids = fields.Many2many(
        "outsourcing.evaluation",
        string="Last Evaluations",
        compute="_compute_outsourcing_last_evaluation_ids",
        compute_sudo=True,
        groups="base.group_system",
        export_string_translation=False,
    )

    outsourcing_evaluation_charts = fields.Html(
        "Evaluations as Charts",
        compute="_compute_outsourcing_evaluation_charts",
        sanitize=False,
        groups="base.group_user",
        export_string_translation=False,
    )

    @api.depends("outsourcing_evaluation_ids.state")
    @api.depends_context("lang", "uid")
    def _compute_outsourcing_evaluation_charts(self):
        evaluations = self.env["outsourcing.evaluation"]
        last = self._map_last_evaluations(evaluations) if evaluations.has_access("read") else {}
        for firm in self:
            parts = [
                Markup("<h3>%s</h3>%s") % (found.service_type_id.name, found.charts)
                for found in last.get(firm._origin, ())
            ]
            firm.outsourcing_evaluation_charts = Markup().join(parts) or False

    def _compute_outsourcing_evaluation_count(self):
        evaluations = self.env["outsourcing.evaluation"]
        counts, last = {}, {}
        if evaluations.has_access("read"):
            domain = [("contractor_id", "in", self.ids)]
            counts = dict(evaluations._read_group(domain, ["contractor_id"], ["__count"]))
            last = self._map_last_evaluations(evaluations)
        for firm in self:
            firm.outsourcing_evaluation_count = counts.get(firm._origin, 0)
            grades = [found.grade_id.name for found in last.get(firm._origin, ())]
            firm.outsourcing_grade_label = " / ".join(dict.fromkeys(grades)) or False

    # what stands in the way is asked by portal users as well: searched as superuser, for all firms at once
    @api.depends("outsourcing_evaluation_ids.state")
    def _compute_outsourcing_last_evaluation_ids(self):
        last = self._map_last_evaluations(self.env["outsourcing.evaluation"])
        for firm in self:
            firm.outsourcing_last_evaluation_ids = last.get(firm._origin, False)

    def _map_last_evaluations(self, evaluations):
        """Return a dict: contractor -> its last graded final evaluation in each company and service."""
        domain = [("contractor_id", "in", self.ids), ("state", "=", "final"), ("is_graded", "=", True)]
        last = {}
        for found in evaluations.search(domain, order="date_from"):
            own = last.setdefault(found.contractor_id, {})
            own[found.company_id, found.service_type_id] = found
        return {firm: evaluations.union(*own.values()) for firm, own in last.items()}

    def _get_contractor_blockers(self, purpose, contract=None):
        blockers = super()._get_contractor_blockers(purpose, contract)
        if purpose not in ("tender", "award", "activate"):
            return blockers
        firms, contract = self.sudo().commercial_partner_id, contract and contract.sudo()  # sentences only
        company = contract.company_id if contract else self.env.company
        service = self._get_asked_service(contract)
        for firm in firms:
            for found in firm.outsourcing_last_evaluation_ids:
                concerns = not service or found.service_type_id == service
                if found.company_id == company and found.grade_id.blocks_award and concerns:
                    blockers.append(firm._get_grade_sentence(found))
        return blockers

    def _get_grade_sentence(self, evaluation):
        return self.env._(
            "%(contractor)s has grade %(grade)s for %(service)s in %(quarter)s: no new work of this kind.",
            contractor=self.name,
            grade=evaluation.grade_id.name,
            service=evaluation.service_type_id.name,
            quarter=evaluation.period_label,
        )

    def _draw_up_outsourcing_evaluations(self, company, date_from, services=None):
        """Draw up what is missing of the quarter for the firms ``self``; called in batches."""
        self.env["outsourcing.evaluation"].with_company(company)._draw_up(company, date_from, self, services)

    def action_view_outsourcing_evaluations(self):
        """Open the evaluations of the contractor."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_evaluation_action"
        )
        return {**action, "domain": [("contractor_id", "in", self.ids)], "context": {}}
