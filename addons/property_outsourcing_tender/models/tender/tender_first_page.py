from datetime import time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.trade_time import (
    add_working_days,
    trade_day,
    trade_today,
    utc_moment,
)

END_OF_DAY = time(17)  # when the day of a deadline ends
FACTOR_FIELDS = ("name", "sequence", "kind", "weight", "pass_mark", "guide")
DAYS_TO_SIGN = 7  # between the award and the contract


class OutsourcingTender(models.Model):
    """Small awards take one page: what is not typed is proposed by the form, to be changed at will."""

    _inherit = "outsourcing.tender"

    amount_estimate = fields.Monetary(inverse="_inverse_amount_estimate")
    # factors as they were, with and without a panel
    kept_factors = fields.Json("Factors Kept", groups="base.group_user")
    has_technical = fields.Boolean("Scored by a Panel", compute="_compute_has_technical")

    @api.depends("criterion_ids.kind")
    def _compute_has_technical(self):
        for tender in self:
            tender.has_technical = "technical" in tender.criterion_ids.mapped("kind")

    def _inverse_amount_estimate(self):
        for tender in self:
            lots, amount = tender.lot_ids, tender.amount_estimate
            if not tender.currency_id.compare_amounts(sum(lots.mapped("estimate")), amount):
                continue
            if len(lots) > 1:
                raise UserError(self.env._("Several lots have an estimate each: enter it lot by lot."))
            if lots:
                lots.estimate = amount
            else:
                tender.lot_ids = [Command.create({**tender._prepare_first_lot_vals(), "estimate": amount})]

    @api.onchange("amount_estimate")
    def _onchange_amount_estimate(self):
        if len(self.lot_ids) == 1:
            self.lot_ids.estimate = self.amount_estimate

    @api.onchange("service_type_id")
    def _onchange_service_type_id(self):
        result = super()._onchange_service_type_id()
        if self.service_type_id and not self.lot_ids:
            self.lot_ids = [Command.create(self._prepare_first_lot_vals())]
        elif self.service_type_id:
            self._rename_proposed_items()
        return result

    def _prepare_first_lot_vals(self):
        """Return the values of the only lot of a tender nobody has divided: one price for all of the work."""
        self.ensure_one()
        lots, service = self.env["outsourcing.tender.lot"], self.service_type_id
        item = {"name": self._get_proposed_item(service)} if service else None
        return {
            "name": lots._get_default_name(),
            "estimate": self.amount_estimate,
            "item_ids": [Command.create(item)] if item else [],
        }

    def _rename_proposed_items(self):
        """Call the price that was proposed for another service after that of ``self``; typed names stay."""
        proposed = {self._get_proposed_item(one) for one in self.env["outsourcing.service.type"].search([])}
        for item in self.lot_ids.item_ids.filtered(lambda item: item.name in proposed):
            item.name = self._get_proposed_item(self.service_type_id)

    @api.model
    def _get_proposed_item(self, service):
        return self.env._("%s, total for the term of the contract", service.name)

    @api.onchange("way_id")
    def _onchange_way_id(self):
        if self.state == "draft" and self.way_id:
            self._propose_deadline()
            self._fit_factors()

    def _propose_deadline(self):
        """Give bidders the days of the way of award; a deadline somebody typed stays if it is late enough."""
        proposed = [self._get_proposed_deadline(way) for way in self.env["outsourcing.tender.way"].search([])]
        own = self._get_proposed_deadline(self.way_id)
        if not self.date_deadline or self.date_deadline in proposed or self.date_deadline < own:
            if self.date_opening in (False, self.date_deadline) or self.date_opening < own:
                self.date_opening = own  # an opening somebody typed stays as well
            self.date_deadline = own

    def _get_proposed_deadline(self, way):
        """Return the end of the first working day that leaves bidders the days of ``way``."""
        day = trade_today(self) + timedelta(days=way.notice_days)
        return utc_moment(self, add_working_days(self, day, 1), END_OF_DAY)

    @api.onchange("date_deadline", "service_type_id")
    def _onchange_contract_dates(self):
        """A service begins with the month that leaves time to sign; a typed term keeps its length."""
        if self.state != "draft" or self.kind != "service" or not self.date_deadline:
            return
        decided = trade_day(self, self.date_deadline) + timedelta(days=self.way_id.publicity_days)
        if not self.contract_date_start or self.contract_date_start <= decided:
            start = decided + timedelta(days=DAYS_TO_SIGN) + relativedelta(months=1, day=1)
            term = relativedelta(years=1)
            if self.contract_date_start and self.contract_date_end:
                term = relativedelta(self.contract_date_end + timedelta(days=1), self.contract_date_start)
            self.contract_date_start, self.contract_date_end = start, start + term - timedelta(days=1)

    def _fit_factors(self):
        """Let the price alone decide where no panel sits, and a panel weigh what its template says.

        Factors that stood before the way changed come back with it.
        """
        if self.has_technical == bool(self.way_id.panel_size) or not self.criterion_ids:
            return
        had, gets = ("panel", "price") if self.has_technical else ("price", "panel")
        kept = dict(self.kept_factors or {})
        known = kept.pop(gets, None)
        kept[had] = [{name: factor[name] for name in FACTOR_FIELDS} for factor in self.criterion_ids]
        if known:
            commands = [Command.clear(), *map(Command.create, known)]
        else:
            commands = self._prepare_factors()
        self.criterion_ids, self.kept_factors = commands, kept
