import math
from datetime import time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import hmac

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today, utc_moment

from ..complaint.complaint_repeat import COUNTED_KINDS

EVENT_CALLBACK = "property_outsourcing_complaint.activity_type_complaint_callback"


class OutsourcingComplaintDraw(models.Model):
    """Which of the complaints of a month residents are called back about; drawn once, nobody chooses.

    The order is that of a digest with the secret of the database: the same draw can be checked at any time,
    and nobody can know it beforehand or draw until it pleases.
    """

    _name = "outsourcing.complaint.draw"
    _description = "Draw of Call-backs"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.batch.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "month desc, community_id"
    _rec_name = "community_id"

    community_id = fields.Many2one(
        "outsourcing.community", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True, index=True)
    month = fields.Date(required=True, readonly=True, help="The first day of the month.")
    rate = fields.Integer("Rate (%)", readonly=True, aggregator=None)
    population = fields.Integer("Confirmed or Closed", readonly=True)
    sample = fields.Integer("Drawn", readonly=True)
    date_drawn = fields.Datetime("Drawn on", readonly=True)
    callback_ids = fields.One2many("outsourcing.complaint.callback", "draw_id", "Call-backs")

    _month_uniq = models.Constraint("UNIQUE (community_id, month)", "This month was drawn already.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "community_id", "month", "rate", "population", "sample", "date_drawn"
        }  # fmt: skip

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("What was drawn stays drawn."))

    def _get_responsible_candidates(self):
        return super()._get_responsible_candidates() | self.community_id._get_managers()

    # ---- drawing ----------------------------------------------------------------------------------------

    @api.model
    def _cron_draw(self):
        """Draw the call-backs of the month before, community by community."""
        for company in self.env["res.company"].sudo().search([]):  # settings
            rate = company._get_outsourcing_setting("outsourcing_complaint_callback_rate")
            if rate:
                self._open_month(company, trade_today(company) - relativedelta(months=1, day=1), rate)
        due = [("date_drawn", "=", False)]
        self.search(due)._run_in_batches("_draw", domain=due)

    @api.model
    def _open_month(self, company, month, rate):
        """Open the draws of the ``month`` for the communities of ``company`` where something is over."""
        complaints = self.env["outsourcing.complaint"].sudo()  # of the job
        over = complaints._get_over_domain(company, month) & Domain("company_id", "=", company.id)
        communities = complaints._read_group(over, ["community_id"])
        of_month = [("company_id", "=", company.id), ("month", "=", month)]
        known = self.sudo().search(of_month).community_id  # of the job
        self._gated().create(
            [
                {"community_id": community.id, "month": month, "rate": rate}
                for [community] in communities
                if community not in known
            ]
        )

    def _draw(self):
        """Draw the call-backs of ``self`` and ask somebody who has not dealt with the complaint to call."""
        population, rows = self._map_population(), []
        for draw in self:
            drawn = draw._choose(population[draw])
            rows += [{"draw_id": draw.id, "complaint_id": complaint.id} for complaint in drawn]
            draw._gated().write(
                {
                    "population": len(population[draw]),
                    "sample": len(drawn),
                    "date_drawn": fields.Datetime.now(),
                }
            )
        callbacks = self.env["outsourcing.complaint.callback"]._gated().create(rows)
        callbacks._ask_to_call()

    def _map_population(self):
        """Return the complaints each draw is drawn from: dict draw -> ``outsourcing.complaint``, in sudo."""
        complaints = self.env["outsourcing.complaint"].sudo()  # of the job
        found = {draw: complaints for draw in self}
        for (company, month), draws in self.grouped(lambda draw: (draw.company_id, draw.month)).items():
            over = complaints._get_over_domain(company, month)
            rows = complaints.search(over & Domain("community_id", "in", draws.community_id.ids), order="id")
            by_community = rows.grouped("community_id")
            for draw in draws:
                found[draw] = by_community.get(draw.community_id, complaints)
        return found

    def _choose(self, population):
        """Return the part of ``population`` that is drawn: the rate of it, rounded up."""
        self.ensure_one()
        count = math.ceil(len(population) * self.rate / 100)
        return population.sorted(self._get_lot)[:count]

    def _get_lot(self, complaint):
        """Return the lot of ``complaint`` in this draw."""
        # sudo: the secret of the database
        return hmac(self.env(su=True), "outsourcing.complaint.draw", (str(self.month), complaint.id))


class OutsourcingComplaint(models.Model):
    _inherit = "outsourcing.complaint"

    @api.model
    def _get_over_domain(self, company, month):
        """Return the domain of what residents confirmed, or silence closed, in ``month`` and can be asked."""
        start = utc_moment(company, month, time.min)
        end = utc_moment(company, month + relativedelta(months=1), time.min)
        within = [
            Domain(name, ">=", start) & Domain(name, "<", end) for name in ("date_confirmed", "date_closed")
        ]
        confirmed, closed = within
        return (
            Domain("state", "in", ("confirmed", "closed"))
            & Domain("kind", "in", COUNTED_KINDS)
            & (confirmed | (Domain("date_confirmed", "=", False) & closed))
            & Domain("reporter_ids.phone_hash", "!=", False)
        )
