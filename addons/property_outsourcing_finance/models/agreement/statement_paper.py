from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day, trade_today

from ..settlement.settlement_workflow import MANAGER
from .statement_answer import DISPUTE, OPEN

USER = "property_outsourcing.group_outsourcing_user"


class OutsourcingSettlement(models.Model):
    """The contractor signed the printed statement: staff enters who did, and the scan."""

    _inherit = "outsourcing.settlement"

    def action_record_statement_paper(self):
        """Open the dialogue for a statement that came back signed on paper."""
        self.ensure_one()
        self._check_may_enter_statement()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statement Signed on Paper"),
            "res_model": "outsourcing.statement.paper",
            "view_mode": "form",
            "target": "new",
            "context": {"default_settlement_id": self.id},
        }

    def _check_may_enter_statement(self):
        self.check_access("write")
        self._require_group(USER, MANAGER)
        waits = self.statement_state in ("waiting", "silent", "deemed", "disputed")
        if self.state not in OPEN or not waits:
            raise UserError(
                self.env._("The statement %s waits for no answer of the contractor.", self.display_name)
            )

    def _record_statement_paper(self, signer_name, day, files):
        """Enter that the contractor confirmed the statement on paper.

        :param str signer_name: who signed for the contractor, as it stands on the sheet
        :param day: day of the signature, not to come and not before the statement was handed in
        :param files: ``ir.attachment`` with the scan
        :raise UserError: listing all that is missing or wrong
        """
        self.ensure_one()
        self._check_may_enter_statement()
        problems = self._get_paper_problems(signer_name, day, files)
        if problems:
            raise UserError("\n".join(problems))
        self._take_over_scan(files)
        self._gated().write(  # who acts was checked
            {
                "statement_state": "confirmed",
                "is_statement_paper": True,
                "statement_signer": signer_name.strip(),
                "date_stated": fields.Datetime.now(),
                "stated_by_id": self.env.uid,
                "statement_file_ids": [Command.link(file.id) for file in files],
            }
        )
        settlement = self.sudo()  # as above
        settlement.message_post(
            body=self.env._(
                "Confirmed on paper by %(name)s on %(date)s, entered by %(user)s.",
                name=signer_name.strip(), date=day, user=self.env.user.name,
            )
        )  # fmt: skip
        settlement.activity_unlink([DISPUTE])

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "submitted":
            # the sheet was signed for the former figures; scan and conversation keep it
            vals.update(is_statement_paper=False, statement_signer=False)
        return vals

    def _take_over_scan(self, files):
        """Let what the acting person uploaded in the dialogue belong to the settlement.

        A file of another document is refused where it is linked: the contractor reads what lies here.
        """
        files = files.sudo()  # whose they are, and where they belong
        own = files.filtered(
            lambda file: file.create_uid == self.env.user and file.res_model == "outsourcing.statement.paper"
        )
        own.write({"res_model": self._name, "res_id": self.id})

    def _get_paper_problems(self, signer_name, day, files):
        _ = self.env._
        handed_in = self.date_submitted and trade_day(self, self.date_submitted)
        # a signature from before takes no dispute back
        disputed = self.statement_state == "disputed" and trade_day(self, self.date_stated)
        wrong = {
            _("Write who signed for the contractor."): not (signer_name or "").strip(),
            _("Attach the scan of the sheet the contractor signed."): not files,
            _("The day of the signature is still to come."): day and day > trade_today(self),
            _("The statement was not handed in yet on that day."): day and handed_in and day < handed_in,
            _("The contractor disputed the statement after that day."): day and disputed and day < disputed,
        }
        return [sentence for sentence, is_wrong in wrong.items() if is_wrong]
