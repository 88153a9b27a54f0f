from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools import normalize_fapiao_number, parse_fapiao_qr
from .outsourcing_fapiao import LIVE


class OutsourcingSettlement(models.Model):
    """Which fapiao there are for a settlement, and for how much one is still to come."""

    _inherit = "outsourcing.settlement"

    fapiao_ids = fields.One2many("outsourcing.fapiao", "settlement_id", readonly=True)
    amount_fapiao = fields.Monetary(
        "Fapiao Received", compute="_compute_amount_fapiao", store=True, compute_sudo=True
    )

    @api.depends("fapiao_ids.amount", "fapiao_ids.state")
    def _compute_amount_fapiao(self):
        for settlement in self:
            live = settlement.fapiao_ids.filtered(lambda fapiao: fapiao.state in LIVE)
            settlement.amount_fapiao = sum(live.mapped("amount"))

    def _get_fapiao_missing(self):
        """Return for how much the contractor still has to hand in fapiao; 0 before finance has approved."""
        self.ensure_one()
        settlement = self.sudo()  # sums, and whether finance has entered a number by hand
        if settlement.state not in ("approved", "billed"):
            return 0.0
        if settlement._get_typed_fapiao():
            return 0.0  # finance has the paper
        return settlement._round(max(settlement._get_amount_to_invoice() - settlement.amount_fapiao, 0.0))

    def _get_typed_fapiao(self):
        """Return the number that finance has typed on the bill of ``self`` (in sudo), handed in by nobody."""
        number = self.bill_id.outsourcing_fapiao_number
        return number if number and number not in self.fapiao_ids.mapped("number") else ""

    def _portal_hand_in_fapiao(self, vals, files):
        """Keep a fapiao of the contractor with its file.

        :param dict vals: ``number``, ``date``, ``amount`` and ``qr_text``, as typed or empty; what the code
            on the paper says fills what is empty, and has to agree with what was typed
        :param files: ``ir.attachment`` (in sudo) that the caller has taken in for this settlement
        :return: the new ``outsourcing.fapiao``, in sudo
        :raise UserError: something is missing, known already, or does not agree
        """
        self.ensure_one()
        self._require_contractor()
        vals = self._complete_fapiao(vals)
        if missing := self._get_missing_of_fapiao(vals, files):
            raise UserError("\n".join(missing))
        # sudo: the party was checked; the model itself checks state, sum, number and day
        fapiao = self.env["outsourcing.fapiao"].sudo()._gated()
        fapiao = fapiao.create({**vals, "settlement_id": self.id})
        files.write({"res_model": fapiao._name, "res_id": fapiao.id})
        fapiao.write({"attachment_ids": [fields.Command.set(files.ids)]})
        return fapiao

    def _complete_fapiao(self, vals):
        """Return ``vals`` with what the code on the paper says."""
        text = vals.get("qr_text")
        if not text:
            return {**vals, "qr_text": False}
        try:
            read = parse_fapiao_qr(text)
        except ValueError as error:
            raise UserError(
                self.env._("This is not the code of a fapiao. Type number, day and amount instead.")
            ) from error
        if problems := self._compare_fapiao(vals, read):
            raise UserError("\n".join(problems))
        return {
            **vals,
            "number": vals.get("number") or read.number,
            "date": vals.get("date") or read.day,
            "amount": vals.get("amount") or read.amount or 0.0,
        }

    def _compare_fapiao(self, vals, read):
        """Return a sentence for each thing that was typed otherwise than the code on the paper says.

        :param read: the ``FapiaoQr``; an older fapiao tells its amount without tax, which is not compared
        """
        typed = {name: vals.get(name) for name in ("number", "date", "amount")}
        day, pairs = fields.Date.to_date(typed["date"]), []
        if typed["number"] and normalize_fapiao_number(typed["number"]) != read.number:
            pairs.append((read.number, typed["number"]))
        if day and day != read.day:
            pairs.append((format_date(self.env, read.day), format_date(self.env, day)))
        if typed["amount"] and read.amount is not None and self._round(typed["amount"] - read.amount):
            pairs.append((self._format_money(read.amount), self._format_money(typed["amount"])))
        return [
            self.env._("The code on the paper says %(read)s, typed was %(typed)s.", read=right, typed=wrong)
            for right, wrong in pairs
        ]

    def _get_missing_of_fapiao(self, vals, files):
        """Return a sentence for each thing that is not there."""
        _ = self.env._
        asked = {
            _("Enter the number of the fapiao."): vals.get("number"),
            _("Enter the day it was issued."): vals.get("date"),
            _("Enter its amount with tax."): vals.get("amount"),
            _("Add its file: PDF, OFD, XML or a photo of the paper."): files,
        }
        return [sentence for sentence, value in asked.items() if not value]

    def _prepare_bill_vals(self, settlement):
        vals = super()._prepare_bill_vals(settlement)
        checked = settlement.fapiao_ids.filtered(lambda fapiao: fapiao.state == "verified")
        if checked:
            vals["outsourcing_fapiao_number"] = checked[-1].number
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "billed":
            checked = self.fapiao_ids.filtered(lambda fapiao: fapiao.state == "verified")
            checked._as_system()._transition_to("linked")

    def _get_payment_course(self):
        sentences = super()._get_payment_course()
        missing = self._get_fapiao_missing()
        if missing and self.payment_state not in ("paid", "in_payment"):
            sentences.append(
                self.env._("Your fapiao for %s is missing: hand it in below.", self._format_money(missing))
            )
        return sentences
