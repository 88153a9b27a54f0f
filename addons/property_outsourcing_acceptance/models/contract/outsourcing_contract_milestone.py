from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day, trade_today

from ..acceptance.outsourcing_acceptance_template import NATURES


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    nature = fields.Selection(
        NATURES,
        required=True,
        compute="_compute_nature",
        store=True,
        readonly=False,
        precompute=True,
        string="Nature of the work",
        help="Agreed with the contract; together with kind and amount it decides which levels check "
        "the work.",
    )
    acceptance_ids = fields.One2many("outsourcing.acceptance", "milestone_id", string="Acceptances")
    concealed_ids = fields.One2many("outsourcing.concealed.work", "milestone_id", string="Concealed works")
    acceptance_state = fields.Selection(
        selection=lambda self: self._get_acceptance_states(),
        compute="_compute_acceptance_state",
        string="Acceptance",
    )

    can_accept = fields.Boolean(compute="_compute_can_accept", export_string_translation=False)

    @api.depends("contract_id.fund_source_id", "contract_id.kind")
    def _compute_nature(self):
        """Ordinary, or paid from the maintenance fund where the contract's works are; a choice stays."""
        for row in self:
            contract = row.contract_id
            of_fund = contract.kind == "works" and contract.fund_source_id.kind == "maintenance_fund"
            chosen = row.nature if row.nature != "ordinary" else False
            row.nature = chosen or ("fund_paid" if of_fund else "ordinary")

    @api.model
    def _get_acceptance_states(self):
        return self.env["outsourcing.acceptance"]._fields["state"]._description_selection(self.env)

    @api.depends(
        "kind", "date_end", "date_closed", "amount_accepted", "amount_payable", "contract_id.state",
        "acceptance_ids.state",
    )  # fmt: skip
    def _compute_can_accept(self):
        today = trade_today(self)
        for row in self:
            # a month is scored when it is over
            is_over = row.kind != "period" or bool(row.date_end and row.date_end < today)
            # a new row has no contract yet
            begun = is_over and row.contract_id and row.kind != "advance"
            if not begun or row._get_closed_reason():
                row.can_accept = False
            else:
                is_running = row.acceptance_state not in (False, "accepted", "rejected")
                row.can_accept = is_running or row._is_left_to_accept()

    def _is_left_to_accept(self):
        """Return whether part of what is payable of this row is not accepted yet."""
        self.ensure_one()
        return self.currency_id.compare_amounts(self.amount_payable, self.amount_accepted) > 0

    def _compute_acceptance_state(self):
        # sudo: the state of the row's own acceptance, shown to whoever sees the row
        acceptances = (
            self.env["outsourcing.acceptance"]
            .sudo()
            .search_fetch([("milestone_id", "in", self.ids)], ["milestone_id", "state"], order="id desc")
        )
        by_row = acceptances.grouped("milestone_id")
        for row in self:
            latest = by_row.get(row._origin, acceptances.browse())[:1]
            row.acceptance_state = latest.state

    def _prepare_acceptance_vals(self):
        """Return the values of a new acceptance or score sheet of this row."""
        self.ensure_one()
        # sudo: the property side's responsible person; set also when the contractor or the schedule asks
        row = self.sudo()
        near = row.company_id._filter_outsourcing_staff(row.community_id.manager_id)
        return {
            "milestone_id": self.id,
            "user_id": (near or row._get_responsible_user()).id,
        }

    def _create_month_sheets(self):
        """Create the draft score sheets of these rows; for the schedule."""
        self.env["outsourcing.acceptance"]._create_month_sheets(self)

    def action_start_acceptance(self):
        """Open the acceptance of this payment row, or create it."""
        self.ensure_one()
        acceptance = self.acceptance_ids.filtered(lambda a: a.state not in ("accepted", "rejected"))[:1]
        if not acceptance:
            if reason := self._get_closed_reason():
                raise UserError(reason)
            if self.progress == "paused":
                raise UserError(
                    self.env._(
                        "%(row)s: nothing is accepted (%(formula)s).",
                        row=self.display_name,
                        formula=self.pause_formula,
                    )
                )
            if not self._is_left_to_accept():
                acceptance = self.acceptance_ids[:1]
                if not acceptance:
                    raise UserError(self.env._("%s is already accepted in full.", self.display_name))
            else:
                acceptance = self.env["outsourcing.acceptance"].create(
                    {**self._prepare_acceptance_vals(), "user_id": self.env.uid}
                )
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.acceptance",
            "res_id": acceptance.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _get_concealed_blockers(self):
        """Return the messages about concealed works that are not accepted and covered yet."""
        return [
            self.env._(
                "Concealed work %(name)s is %(state)s.", name=work.display_name, state=work._get_state_label()
            )
            for work in self.concealed_ids
            if work.state != "covered"
        ]

    def _is_held_up_by(self, defect):
        """Return whether the open ``defect`` concerns this row: a later month is another matter."""
        self.ensure_one()
        if defect.community_id != self.community_id:
            return False
        return self.kind != "period" or defect.date_found <= self.date_end

    def write(self, vals):
        if "work_kind_ids" in vals:
            self._check_kinds_open()
        result = super().write(vals)
        if "work_kind_ids" in vals:
            drafts = self.acceptance_ids.filtered(lambda a: a.state == "draft" and a.method == "levels")
            drafts._load_checklist()
        return result

    def _check_kinds_open(self):
        """Raise UserError once an acceptance of these rows is under way: what it checks stays as it is."""
        # sudo: whoever changes the row learns that it has begun, not more
        begun = self.sudo().acceptance_ids.filtered(lambda a: a.state not in ("draft", "rejected"))
        if begun:  # sudo: whoever changes the row learns of its acceptance, not more
            raise UserError(
                self.env._(
                    "%(row)s: its acceptance %(acceptance)s has begun, what it checks stays as it is.",
                    row=begun[0].milestone_id.display_name,
                    acceptance=begun[0].name,
                )
            )

    def _check_acceptable(self, amount, date, source):
        super()._check_acceptable(amount, date, source)
        if source and source._name == "outsourcing.acceptance" and source.milestone_id != self:
            raise UserError(
                self.env._(
                    "%(acceptance)s does not prove %(row)s: it is about another payment row.",
                    acceptance=source.name,
                    row=self.display_name,
                )
            )

    def _get_date_finished(self):
        # the days the levels take to look are not the contractor's
        accepted = self.acceptance_ids.filtered(lambda a: a.state == "accepted").sorted("date_accepted")[-1:]
        return (
            trade_day(self, accepted.date_submitted)
            if accepted.date_submitted
            else super()._get_date_finished()
        )

    def _follow_amount(self):
        result = super()._follow_amount()
        # archived rows are dropped ones: what still waits on them has to be ended
        rows = self.with_context(active_test=False)
        rows.acceptance_ids.filtered(lambda a: a.state not in ("accepted", "rejected"))._follow_row()
        return result

    def _sync_acceptance(self):
        """Make the accepted amount of these rows what their accepted acceptances add up to (in sudo)."""
        results = {}
        for row in self:
            accepted = row.acceptance_ids.filtered(lambda a: a.state == "accepted").sorted("date_accepted")
            total = sum(accepted.mapped("amount_accepted"))
            if accepted:
                changed = row.accepted_res_id not in accepted.ids or row.currency_id.compare_amounts(
                    total, row.amount_accepted
                )
                if changed:
                    results[row] = (total, accepted[-1].date_accepted, accepted[-1])
            elif row.accepted_res_model == "outsourcing.acceptance":
                results[row] = (0.0, False, None)
        self.browse(row.id for row in results)._record_acceptances(results)
