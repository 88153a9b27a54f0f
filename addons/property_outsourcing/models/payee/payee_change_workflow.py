from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.gate import open_gate
from .outsourcing_payee_change import OPEN_STATES

USER = "property_outsourcing.group_outsourcing_user"
MANAGER = "property_outsourcing.group_outsourcing_manager"
FINANCE = "property_outsourcing.group_outsourcing_finance"
EVENT = "property_outsourcing.activity_type_payee_change"


class OutsourcingPayeeChange(models.Model):
    """Requested by one person, approved by two others; then it holds for what is settled from now on."""

    _inherit = "outsourcing.payee.change"

    _frozen_fields = {state: ("*",) for state in (*OPEN_STATES, "approved", "refused", "cancelled")}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "requested": ("draft",),
            "checked": ("requested",),
            "approved": ("checked",),
            "refused": OPEN_STATES,
            "cancelled": ("draft", *OPEN_STATES),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "account_id", "requested_by_id", "date_requested", "checked_by_id", "date_checked",
            "approved_by_id", "date_approved",
        }  # fmt: skip

    @api.model
    def _get_open_states(self):
        return {**super()._get_open_states(), "answer": OPEN_STATES}

    def action_request(self):
        """Hand the change in for its two approvals."""
        self._transition_to("requested")

    def action_check(self):
        """Give the first approval: the proof is the bank's, the account the contractor's."""
        self._transition_to("checked")

    def action_approve(self):
        """Give the second approval: from now on settlements are paid on the new account."""
        self._transition_to("approved")

    def action_refuse(self):
        """Refuse the change; the answer says why."""
        self._transition_to("refused")

    def action_cancel(self):
        """Drop a change that is no longer wanted."""
        self._transition_to("cancelled")

    # ---- gate -------------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "requested":
            self._require_group(USER, FINANCE)
        elif target == "cancelled":
            own = self.filtered(lambda change: self.env.user in change.create_uid | change.requested_by_id)
            if self - own:
                self._require_group(MANAGER, FINANCE)
        else:
            self._require_group(MANAGER, FINANCE)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "requested":
            for change in self:
                change._check_complete()
        elif target in ("checked", "approved"):
            self._require_other_person("create_uid", "requested_by_id", "checked_by_id")
            self._check_still_the_same()
        elif target == "refused" and not all((change.answer or "").strip() for change in self):
            raise UserError(self.env._("Write why the change is refused."))

    def _check_complete(self):
        """Raise UserError naming everything the request lacks."""
        missing = []
        if not (self.reason or "").strip():
            missing.append(self.env._("Write why the account changes."))
        if not self.evidence_ids:
            missing.append(self.env._("Attach the bank's proof of the new account."))
        if missing:
            raise UserError("\n".join([self.display_name, *missing]))

    def _check_still_the_same(self):
        """Raise UserError if an account that is to be replaced is no longer the one that was named."""
        accounts = self.partner_id._get_payee_accounts()
        for change in self:
            account = accounts.get(change.partner_id)
            label = account and account._get_payee_label()
            if (label or "") != (change.former_account or ""):
                raise UserError(
                    self.env._(
                        "%(change)s: the account is %(now)s by now, not %(before)s. Request the change anew.",
                        change=change.display_name,
                        now=label or "–",
                        before=change.former_account or "–",
                    )
                )

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now = fields.Datetime.now()
        if target == "requested":
            vals.update(requested_by_id=self.env.uid, date_requested=now)
        elif target == "checked":
            vals.update(checked_by_id=self.env.uid, date_checked=now)
        elif target == "approved":
            vals.update(approved_by_id=self.env.uid, date_approved=now)
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        self.activity_unlink([EVENT])
        if target == "requested":
            self._seal_evidence()
            self._gated()._compute_former_account()
        if target in OPEN_STATES:
            self._ask_approvers()
        elif target == "approved":
            self._put_into_force()

    def _ask_approvers(self):
        managers, finance = (self._map_askable_users(group) for group in (MANAGER, FINANCE))
        asked = {}
        for change in self:
            acted = change.create_uid | change.requested_by_id | change.checked_by_id
            summary = self.env._("Approve the new bank account of %s", change.partner_id.name)
            users = (managers[change] | finance[change]) - acted
            asked[change] = {"summary": summary, "users": users[:2]}
        self._schedule_events(EVENT, asked)

    def _put_into_force(self):
        """Enter the accounts and tell the contractors' chatter what changed (in sudo, actors checked)."""
        accounts = self._find_accounts()
        new = self.filtered(lambda change: change not in accounts)
        banks = new._find_or_create_banks()
        vals_list = [change._prepare_account_vals(banks[change.bank_name.strip()]) for change in new]
        created = open_gate(self.env["res.partner.bank"]).create(vals_list)
        accounts |= dict(zip(new, created, strict=True))
        for change, account in accounts.items():
            change._gated().account_id = account
        said = {change.partner_id.id: change._get_announcement() for change in self}
        self.partner_id._message_log_batch(said)

    def _get_announcement(self):
        return self.env._(
            "Bank account for payments: %(before)s → %(after)s (requested by %(who)s, approved by "
            "%(first)s and %(second)s). It holds for settlements drawn up from now on.",
            before=self.former_account or "–",
            after=self.account_id._get_payee_label(),
            who=self.requested_by_id.name,
            first=self.checked_by_id.name,
            second=self.approved_by_id.name,
        )

    def _find_accounts(self):
        """Return a dict: change -> the account its firm has already, for example one it goes back to."""
        accounts = self.env["res.partner.bank"].with_context(active_test=False)
        domain = [("partner_id", "in", self.partner_id.ids), ("acc_number", "in", self.mapped("acc_number"))]
        known = accounts.search(domain).grouped(lambda account: (account.partner_id, account.acc_number))
        found = {}
        for change in self:
            if account := known.get((change.partner_id, change.acc_number)):
                found[change] = account[0]
                open_gate(account[0]).write({"active": True, "acc_holder_name": change.acc_holder_name})
        return found

    def _find_or_create_banks(self):
        """Return a dict: name -> ``res.bank``."""
        names = dict.fromkeys(change.bank_name.strip() for change in self)
        banks = self.env["res.bank"].search([("name", "in", list(names))], order="id desc")
        missing = names.keys() - set(banks.mapped("name"))
        banks |= banks.create([{"name": name} for name in names if name in missing])
        return {bank.name: bank for bank in banks}

    def _prepare_account_vals(self, bank):
        """Return the values of the new ``res.partner.bank``. Hook: extend super's dict."""
        return {
            "partner_id": self.partner_id.id,
            "acc_number": self.acc_number.strip(),
            "acc_holder_name": self.acc_holder_name,
            "bank_id": bank.id,
        }
