from odoo import api, models

from ...tools import (
    amount_to_chinese,
    count_in_words,
    format_limit,
    format_money,
    in_brackets,
    join_phrases,
    labelled,
    paper_date,
    paper_months,
)
from ..workflow.trade_time import trade_day

PRINT_ROWS = 16


class OutsourcingContract(models.Model):
    """What the printed contract says beside its fields."""

    _inherit = "outsourcing.contract"

    def action_print(self):
        """Print the contract."""
        self._check_own_communities()
        return self.env.ref("property_outsourcing.report_outsourcing_contract").report_action(self)

    def _get_amount_in_words(self):
        """Return the contract amount in words, in Chinese in capitals (大写)."""
        self.ensure_one()
        amount = self.amount_total or self.amount_rows
        if (self.env.lang or "").startswith("zh"):
            words = amount_to_chinese(amount)
            return f"人民币{words}" if self.currency_id.name == "CNY" else f"{self.currency_id.name} {words}"
        return self.currency_id.amount_to_text(amount)

    def _get_print_duties(self):
        """Return [(label of the category, duties)] in the order of the categories."""
        self.ensure_one()
        labels = self.env["outsourcing.contract.duty"]._fields["category"]._description_selection(self.env)
        by_category = self.duty_ids.grouped("category")
        return [(label, by_category[key]) for key, label in labels if key in by_category]

    def _get_print_attachments(self):
        """Return the files that are part of the contract: drawings, schemes and what else was filed."""
        self.ensure_one()
        none = self.env["ir.attachment"].sudo()  # names of files only; whoever prints may read the contract
        return self._ask_together("_map_print_attachments").get(self._origin.id, none)

    def _map_print_attachments(self):
        of_contracts = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", False)]
        of_messages = [
            ("model", "=", self._name),
            ("res_id", "in", self.ids),
            ("attachment_ids", "!=", False),
        ]
        # sudo: names of files only; whoever prints may read the contracts
        files = self.env["ir.attachment"].sudo().search(of_contracts, order="id")
        # what was sent with a message or an internal note is no part of the contract
        sent = self.env["mail.message"].sudo().search(of_messages).attachment_ids
        return (files - sent).grouped("res_id")

    @api.model
    def _get_print_chunks(self, records):
        """Return [{"start", "rows"}]: tables short enough to stay whole on a page, each with its own head.

        The unpatched wkhtmltopdf repeats no heads and cuts rows; it keeps a short table together.
        """
        return [
            {"start": start + 1, "rows": records[start : start + PRINT_ROWS]}
            for start in range(0, len(records), PRINT_ROWS)
        ]

    def _get_print_date(self, date):
        """Return a date as a contract writes it."""
        return paper_date(self.env, date)

    def _get_print_term(self):
        self.ensure_one()
        return self.env._(
            "From %(start)s to %(end)s, %(days)s days in all.",
            start=self._get_print_date(self.date_start),
            end=self._get_print_date(self.date_end),
            days=(self.date_end - self.date_start).days + 1,
        )

    @api.model
    def _get_print_labelled(self, record, name):
        """Return the name of ``record`` with the label of its selection ``name`` in brackets."""
        labels = dict(record._fields[name]._description_selection(self.env))
        return f"{record.name}{in_brackets(self.env, labels.get(record[name]))}"

    @api.model
    def _get_print_bracketed(self, text):
        """Return ``text`` in brackets to follow a word; "" without a text."""
        return in_brackets(self.env, text)

    @api.model
    def _get_print_rate(self, rate):
        """Return a percentage as a paper writes it: 3%."""
        return f"{rate:g}%"

    def _get_print_hours(self, hours):
        """Return a time limit as people say it: minutes below an hour, days from a day on."""
        return format_limit(self.env, hours)

    def _get_print_row_name(self, row):
        """Return the name of a payment row; the month of a period as a paper writes it."""
        return paper_months(self.env, row.name) if row.kind == "period" else row.name

    def _get_print_phone(self, person, role):
        """Return the phone of ``person``, a user or a contact, else that of the party.

        :param str role: of the party, ``client`` or ``contractor``
        """
        self.ensure_one()
        # sudo: the phone of those the contract names
        return person.sudo().phone or self._get_party(role).get("phone") or ""

    def _get_day_contractor_signed(self):
        """Return the day the contractor signed, by the clock of the company."""
        self.ensure_one()
        return self.date_contractor_signed and trade_day(self, self.date_contractor_signed)

    def _get_print_copies(self):
        """Return the sentence on the copies, with lines to fill in while nobody has sealed any."""
        self.ensure_one()
        use = self.seal_use_ids[-1:]  # the first one, at the signature
        return self.env._(
            "This contract is made in %(copies)s copies of equal force: %(client)s for Party A, "
            "%(contractor)s for Party B.",
            copies=count_in_words(self.env, use.copies),
            client=count_in_words(self.env, use.copies - use.copies_contractor),
            contractor=count_in_words(self.env, use.copies_contractor),
        )

    def _get_print_deliverables(self):
        """Return what the contractor hands in and when, a sentence each."""
        self.ensure_one()
        return [term._get_print_terms() for term in self.deliverable_term_ids]

    def _get_print_requirements(self):
        """Return how good the required documents must be, a sentence each."""
        self.ensure_one()
        sentences = []
        for requirement in self._get_document_requirements():
            values = {"document": requirement.document_type.name, "grade": requirement.min_grade.name}
            if requirement.min_insured_amount:
                values["amount"] = format_money(
                    self, requirement.min_insured_amount, self.company_currency_id
                )
                sentences.append(self.env._("%(document)s: insured for at least %(amount)s.", **values))
            if requirement.min_grade:
                sentences.append(self.env._("%(document)s: grade %(grade)s or higher.", **values))
            if requirement.min_person_count > 1:
                values["count"] = requirement.min_person_count
                sentences.append(self.env._("%(document)s: held by at least %(count)s people.", **values))
        return sentences

    def _get_print_securities(self):
        """Return what is agreed on the advance and the performance bond, a sentence each."""
        self.ensure_one()
        sentences = []
        if self.advance_is_recovered:
            sentences.append(
                self.env._(
                    "Party A pays an advance of %(amount)s besides the payment rows; %(rate)s %% of each row "
                    "is held back until it is recovered.",
                    amount=format_money(self, self.amount_advance),
                    rate=f"{self.advance_recovery_rate:g}",
                )
            )
        if self.bond_kind:
            kinds = dict(self._fields["bond_kind"]._description_selection(self.env))
            sentences.append(
                self.env._(
                    "Party B gives a performance bond of %(amount)s (%(kind)s); it is returned when the "
                    "contract has been performed.",
                    amount=format_money(self, self.bond_amount),
                    kind=kinds[self.bond_kind],
                )
            )
        return sentences

    def _get_print_end_reasons(self):
        """Return for what the contract may be ended early, with the days of notice.

        A reason is printed by what has to have happened; what says nothing of it ("other") is no condition.
        """
        reasons = self.env["outsourcing.termination.reason"].search([]).filtered("description")
        return [
            self.env._(
                "%(reason)s (%(days)s days' notice)",
                reason=reason.description.rstrip(".。 "),
                days=reason.notice_days,
            )
            if reason.notice_days
            else reason.description.rstrip(".。 ")
            for reason in reasons
        ]


class OutsourcingContractDeliverableTerm(models.Model):
    _inherit = "outsourcing.contract.deliverable.term"

    def _get_print_terms(self):
        """Return what is handed in, how often, until when, and whether payment waits, in one sentence."""
        self.ensure_one()
        rhythm = dict(self._fields["recurrence"]._description_selection(self.env))[self.recurrence]
        is_completion = self.recurrence == "completion"
        if self.due_rule == "after" and is_completion:
            due = self.env._("within %s days after the completion", self.due_days)
        elif self.due_rule == "after":
            due = self.env._("within %s days after its end", self.due_days)
        elif self.due_rule == "day":
            due = self.env._("on day %s of the last month", self.due_day)
        else:
            due = self.env._("on day %s of the month before", self.due_day)
        parts = [due] if is_completion else [rhythm, due]
        if self.blocks_payment:
            parts.append(
                self.env._("the payment for the completion waits for it")
                if is_completion
                else self.env._("payment waits for it")
            )
        return labelled(self.env, self.name, join_phrases(self.env, parts))
