from odoo import models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day
from odoo.addons.property_outsourcing.tools import paper_date


class OutsourcingCard(models.Model):
    """The notice of a card (黄牌警告通知书, 红牌通知书), as it is sealed and handed over."""

    _inherit = "outsourcing.card"

    def action_print_notice(self):
        """Print the notice to the contractor."""
        self.ensure_one()
        self._check_paper("card_notice")
        return self.env.ref("property_outsourcing_evaluation.report_card_notice").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if self.state in ("proposed", "dropped"):
            missing.append(self.env._("it is not issued: a manager decides first"))
        return missing

    def _get_print_day(self, moment):
        return paper_date(self.env, moment and trade_day(self, moment))

    def _get_print_facts(self):
        """Return [(day, what was found, document)] of the failures, the first one first."""
        labels = {code: kind.label for code, kind in self.env["outsourcing.fact"]._get_fact_types().items()}
        return [
            (self._get_print_day(fact.date), fact.note or labels.get(fact.fact_type), fact.source_name or "")
            for fact in self.with_context(active_test=False).fact_ids.sorted(lambda f: (f.date, f.id))
        ]

    def _get_consequences(self):
        """Return what the card means for the contractor, and what it may do, a sentence each."""
        self.ensure_one()
        sentences = self._get_red_consequences() if self.color == "red" else self._get_yellow_consequences()
        appeal = self.env._(
            "You may appeal in writing or in the portal until %s.", self._get_print_day(self.appeal_deadline)
        )
        return [*sentences, appeal]

    def _get_yellow_consequences(self):
        _ = self.env._
        return [
            _(
                "Hand in a plan of rectification until %s: what is done, by whom and until when.",
                self._get_print_day(self.plan_deadline),
            ),
            _("Until the rectification is verified you are given no new contract and win no tender."),
            _("A further failure of the same kind leads to a red card."),
        ]

    def _get_red_consequences(self):
        _ = self.env._
        until = self._get_print_day(self.date_until)
        return [
            _("Until %s you are given no new contract and win no tender.", until),
            _("The end of your running contracts is examined; you are told of the decision in writing."),
        ]

    def _get_notice_signers(self):
        """Return who signs the notice, in this order."""
        _ = self.env._
        return [
            _("Issued by (signature)"),
            _("Property company (seal)"),
            _("Received for the contractor (signature, seal)"),
        ]
