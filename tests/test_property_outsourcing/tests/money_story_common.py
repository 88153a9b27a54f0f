from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command

from .common import StoryCommon, on


class MoneyStoryCommon(StoryCommon):
    """Works and services taken to their money, every step by the person who takes it."""

    @classmethod
    def _open_facade(cls, **vals):
        """Return an active facade repair of 200,000.00 at 60,000.00, 80,000.00 and 60,000.00."""
        return cls._create_works_contract(**vals)

    @classmethod
    def _rows(cls, contract):
        """Return the payment rows of work, one by one; advances aside."""
        return contract.milestone_ids.filtered(lambda row: not row.is_prepayment).sorted("sequence")

    @classmethod
    def _accept_row_on_site(cls, row, amount=None):
        """Let the contractor apply for ``amount`` of the row, by default all, and every level sign."""
        cls._hand_in_report(row)
        foreman = cls.portal_contractor
        acceptances = cls.env["outsourcing.acceptance"].with_user(foreman)
        acceptance = acceptances._portal_request(row.with_user(foreman)).with_env(cls.env)
        if acceptance.requires_third_party:
            acceptance.with_user(cls.user_manager).third_party_id = cls.third_party
        cls._sign(acceptance, foreman, accepted_amount=amount)
        for line in acceptance.line_ids.with_user(cls.user_supervisor).filtered(lambda line: not line.result):
            value = line.value_min if line.has_value_min else line.value_max
            line.write({"result": "pass", **({"value": value} if line._needs_value() else {})})
        cls._sign(acceptance, cls.user_supervisor)
        if acceptance.requires_third_party:
            cls._sign(acceptance, cls.portal_third_party)
        if acceptance.requires_witness:
            cls._sign(acceptance, cls.portal_representative)
        return acceptance

    @classmethod
    def _pay_row(cls, row, amount=None):
        """Return the paid settlement of what is accepted of the row on site now."""
        cls._accept_row_on_site(row, amount)
        return cls._settle_and_pay(row)

    @classmethod
    def _pay_rows_in_time(cls, contract):
        """Return the paid settlements of all rows of work, each accepted on its day."""
        settlements = cls.env["outsourcing.settlement"]
        for row in cls._rows(contract):
            with on(f"{row.date_due}"):
                settlements |= cls._pay_row(row)
        return settlements

    @classmethod
    def _pay_month(cls, row):
        """Return the paid settlement of a scored month of service."""
        cls._hand_in_report(row)
        cls._score_month(row).with_user(cls.portal_contractor)._portal_confirm_score()
        return cls._settle_and_pay(row)

    @classmethod
    def _add_rule(cls, contract, **vals):
        """Add a clause to a contract in draft."""
        values = {"name": "Post left empty", "clause": "8.1", "basis": "fixed", "per": "occurrence", **vals}
        contract.rule_ids = [Command.create(values)]
        return contract.rule_ids.filtered(lambda rule: rule.name == values["name"])

    @classmethod
    def _apply_rule(cls, rule, row, day):
        """Let the supervisor apply the clause, the manager confirm it and the contractor accept it."""
        vals = {
            "rule_id": rule.id,
            "milestone_id": row.id,
            "date": day,
            "reason": "Seen on the round",
        }
        adjustment = cls.env["outsourcing.adjustment"].with_user(cls.user_supervisor).create(vals)
        adjustment.with_user(cls.user_manager).action_confirm()
        adjustment.with_user(cls.portal_contractor)._portal_acknowledge()
        return adjustment.with_env(cls.env)

    @classmethod
    def _draw_up_return(cls, contract, user=None):
        """Return the draft that gives back what the dialogue proposes today."""
        action = contract.with_user(user or cls.user_supervisor).action_return_securities()
        dialog = cls.env[action["res_model"]].with_user(user or cls.user_supervisor)
        done = dialog.with_context(**action["context"]).create({}).action_confirm()
        return cls.env["outsourcing.settlement"].browse(done["res_id"])

    def _balance(self, account):
        """Return what stands on the account by posted entries."""
        items = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return self.company.currency_id.round(sum(items.mapped("balance")))

    def _columns(self, settlement):
        """Return the columns of the printed statement: label -> amount."""
        self.env.flush_all()
        self.env.invalidate_all()
        return dict(settlement._get_statement_data()["account"])

    @contextmanager
    def _refused(self, sentence):
        """Expect a refusal with ``sentence`` (a pattern) that leaves everything as it was."""
        with self.assertRaisesRegex(UserError, sentence), self.cr.savepoint():
            yield
        self.env.invalidate_all()
