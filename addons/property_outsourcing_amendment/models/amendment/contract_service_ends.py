from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingContract(models.Model):
    """Until when a community that left is served. It stays named: its last rows are still to be settled."""

    _inherit = "outsourcing.contract"

    ended_service = fields.Char("No Longer Served", compute="_compute_ended_service", compute_sudo=True)

    @api.depends("amendment_ids.date_activated")
    @api.depends_context("lang")
    def _compute_ended_service(self):
        for contract in self:
            ends = contract._get_service_ends()
            contract.ended_service = join_names(
                self.env,
                [
                    self.env._("%(community)s: served until %(date)s", community=community.name, date=date)
                    for community, date in ends.items()
                ],
            )

    def _get_service_ends(self):
        """Return a dict community -> last day, of those that amendments in force removed."""
        self.ensure_one()
        ends = {}
        for line in self._get_amendments_in_force().line_ids:
            if line.kind == "community_remove":
                ends[line.community_id] = line.date - timedelta(days=1)
            elif line.kind == "community_add":
                ends.pop(line.community_id, None)
        return ends

    def _follow_service(self, plan, date_end):
        """Let what is planned on site follow an amendment (in sudo).

        :param plan: the ``AmendmentPlan`` that was carried out
        :param date_end: last day of the contract before it
        """
        self.ensure_one()
        staying = plan.communities - self.env["outsourcing.community"].union(*self._get_service_ends())
        if plan.date_end > date_end:
            self._start_service(staying - plan.joining, date_end + timedelta(days=1))
        elif plan.date_end < date_end:
            self._end_service(staying, plan.date_end)
        for change in plan.changes:
            change.follow()


class ProjectTask(models.Model):
    _inherit = "project.task"

    @api.constrains("outsourcing_contract_id", "outsourcing_community_id")
    def _check_community_is_served(self):
        today = trade_today(self)
        for task in self.sudo():  # dates of the contract only
            contract = task.outsourcing_contract_id
            if not contract.amendment_last_number or task.is_closed:
                continue
            last = contract._get_service_ends().get(task.outsourcing_community_id)
            if last and last < today:
                raise ValidationError(
                    self.env._(
                        "%(community)s is served by %(contract)s until %(date)s only.",
                        community=task.outsourcing_community_id.name,
                        contract=contract.display_name,
                        date=last,
                    )
                )
