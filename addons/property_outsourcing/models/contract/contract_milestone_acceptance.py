from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import format_money


class OutsourcingContractMilestone(models.Model):
    """The one door for accepted amounts: levels, scores, silence, paper, roll-ups and advances pass it."""

    _inherit = "outsourcing.contract.milestone"

    # ---- the door ---------------------------------------------------------------------------------------

    def _record_acceptances(self, results):
        """Set what is accepted of these rows so far; the order's received quantity follows.

        The only way accepted amounts change, in either direction. Queries do not grow with the rows. The
        caller has checked who accepts.

        :param dict results: row -> (amount, date, source), for every row of ``self``. ``amount`` is all that
            is accepted of the row so far, in the contract's currency and tax basis; ``date`` the day of the
            acceptance; ``source`` the record that proves it. ``(0.0, False, None)`` withdraws an acceptance.
        :raise UserError: a rule of :meth:`_check_acceptable` vetoes
        """
        rows = self.with_prefetch()  # whoever collected them one by one has them read together here
        for row in rows:
            row._check_acceptable(*results[row])
        # all first, then the writes: reading between two writes would flush each of them alone
        stamps = {row: row._prepare_accepted_vals(*results[row]) for row in rows}
        for row, vals in stamps.items():
            row._gated().write(vals)
        rows._follow_in_project()

    def _check_acceptable(self, amount, date, source):
        """Raise UserError if not exactly ``amount`` may be accepted of this row. Hook: call super first.

        Reads only; asked before anything is written, also when a document is merely put forward.

        :param float amount: all that would be accepted so far; 0 without a ``source`` is a withdrawal
        :param date: day of the acceptance
        :param source: the record that would prove it, or None
        """
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        if compare(amount, 0.0) < 0:
            raise UserError(self.env._("%s: an accepted amount cannot be negative.", self.display_name))
        on_bills = self._get_amount_on_bills()
        if compare(amount, on_bills) < 0:
            raise UserError(
                self.env._(
                    "%(row)s: %(amount)s is billed already, less cannot be accepted. "
                    "Take the bill back first.",
                    row=self.display_name,
                    amount=format_money(self, on_bills),
                )
            )
        if source and source._name == "outsourcing.contract" and source != self.contract_id:
            raise UserError(self.env._("%s belongs to another contract.", self.display_name))
        if not self._is_lowered_to(amount, source):
            if reason := self._get_closed_reason(source):
                raise UserError(reason)
            if compare(amount, self.amount) > 0:
                raise UserError(
                    self.env._(
                        "%(row)s: no more than the agreed amount of %(amount)s can be accepted.",
                        row=self.display_name,
                        amount=format_money(self, self.amount),
                    )
                )

    def _is_lowered_to(self, amount, source):
        """Return whether accepting ``amount`` takes something back: that may happen on a closed row, too."""
        self.ensure_one()
        return not source or self.currency_id.compare_amounts(amount, self.amount_accepted) < 0

    def _get_closed_reason(self, source=None):
        """Return the sentence why nothing more of this row is accepted, whatever the amount, or False. Hook.

        :param source: the record that would prove the acceptance, if there is one already
        """
        self.ensure_one()
        contract = self.contract_id.sudo()  # state only
        if contract.state in self._get_accepting_states(source):
            return False
        return self.env._(
            "%(row)s: the contract is %(state)s, nothing of it is accepted.",
            row=self.display_name,
            state=contract._get_state_label(),
        )

    @api.model
    def _get_accepting_states(self, source=None):
        """Return the states of a contract in which work of it is accepted. Hook: add to super's set."""
        return {"active", "suspended", "completed"}

    @api.model
    def _get_acceptable_domain(self):
        """Return the domain of the rows a document may still propose for acceptance. Hook: narrow super's.

        It says in a search what :meth:`_get_closed_reason` says of one row.
        """
        return Domain("contract_id.state", "in", sorted(self._get_accepting_states()))

    def _follow_amount(self):
        """Let the documents that wait on these rows (in sudo) follow what the rows are worth now. Hook.

        Called after an amendment, a pause of the fee or the end of the contract has changed what of a row may
        be accepted. Call super first; a document that has nothing left to wait for is ended with a reason.
        """

    # ---- what it writes ---------------------------------------------------------------------------------

    def _prepare_accepted_vals(self, amount, date, source):
        """Return what an acceptance stamps on the row. Hook: extend super's dict."""
        self.ensure_one()
        return {
            "amount_accepted": self.currency_id.round(amount),
            "date_accepted": date,
            "accepted_res_model": source and source._name,
            "accepted_res_id": source and source.id,
        }

    def _follow_in_project(self):
        for is_reached, rows in self.grouped(lambda row: bool(row.date_accepted)).items():
            # sudo: the project's milestones are informational; the caller has checked who accepts
            milestones = rows.sudo().project_milestone_id
            milestones.filtered(lambda m, flag=is_reached: m.is_reached != flag).write(
                {"is_reached": is_reached}
            )

    # ---- what the row says ------------------------------------------------------------------------------

    @api.depends("accepted_res_model", "accepted_res_id")
    @api.depends_context("lang")
    def _compute_accepted_source_name(self):
        """Name the documents that prove the acceptances, those of each kind in one query."""
        self.accepted_source_name = False
        for model, rows in self.grouped("accepted_res_model").items():
            if model in self.env:
                sources = self.env[model].browse(filter(None, rows.mapped("accepted_res_id"))).exists()
                names = dict(zip(sources.ids, sources.mapped("display_name"), strict=True))
                for row in rows:
                    row.accepted_source_name = names.get(row.accepted_res_id)

    def _get_unaccepted_message(self):
        self.ensure_one()
        if self._get_amount_on_bills():
            return self.env._("%s: everything accepted is already billed.", self.display_name)
        return self.env._("%s is not accepted yet.", self.display_name)

    def action_open_accepted_source(self):
        """Open the document that proves the acceptance."""
        self.ensure_one()
        if not self.accepted_res_id:
            raise UserError(self._get_unaccepted_message())
        return {
            "type": "ir.actions.act_window",
            "res_model": self.accepted_res_model,
            "res_id": self.accepted_res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
