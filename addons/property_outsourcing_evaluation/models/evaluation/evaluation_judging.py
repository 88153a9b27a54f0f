from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .evaluation_workflow import JUDGE

TO_JUDGE = "/odoo/outsourcing-evaluations-to-judge"


class OutsourcingEvaluation(models.Model):
    """One to-do for each judge of a quarter: it stands on the first draft and leads to all of them."""

    _inherit = "outsourcing.evaluation"

    def _ask_for_points(self):
        """Ask each judge of the drafts ``self`` once for all of a quarter."""
        judges = self._map_responsible_users()
        of_quarter = {draft.id: draft._get_quarter_key() for draft in self._search_drafts()}
        standing = self._search_judging(list(of_quarter))
        asked = {(of_quarter[activity.res_id], activity.user_id.id) for activity in standing}
        link = Markup('<a href="%s">%s</a>') % (TO_JUDGE, self.env._("All evaluations to judge"))
        wanted = {}
        for evaluation in self.sorted("id"):
            key = evaluation._get_quarter_key(), judges[evaluation].id
            if key not in asked:
                asked.add(key)
                summary = self.env._("Judge %s and publish the previews", evaluation.period_label)
                wanted[evaluation] = {"summary": summary, "note": link}
        # as well those whose to-do the others rely on
        (self.browse().union(*wanted) | self.browse(standing.mapped("res_id")))._take_turns()
        self._schedule_events(JUDGE, wanted)

    def _pass_on_judging(self):
        """Move the to-dos of ``self``, judged or deleted, to what is left of the same quarter and judge.

        Who has become the judge of what is left in the meantime is asked as well.
        """
        activities = self._search_judging(self.ids)
        if not activities:
            return
        left = self._search_drafts() - self
        judges = left._map_responsible_users()
        first = {
            (draft._get_quarter_key(), judges[draft].id): draft for draft in left.sorted("id", reverse=True)
        }
        heirs = self.browse()
        for activity in activities:  # one for each judge
            quarter = self.browse(activity.res_id)._get_quarter_key()
            if heir := first.get((quarter, activity.user_id.id)):
                activity.res_id = heir.id
                heirs |= heir
        heirs._take_turns()
        self.sudo().activity_unlink([JUDGE])  # whoever publishes or deletes was checked
        left._ask_for_points()

    def _take_turns(self):
        """Let a to-do that comes to the drafts ``self`` meet whoever publishes one of them in that moment.

        Otherwise each works on a picture of the time before the other, and the to-do stays on what is
        published. Whoever comes second starts anew and sees the other. Nothing of the rows changes.
        """
        if self:
            query = "UPDATE outsourcing_evaluation SET state = state WHERE id IN %s"
            self.env.cr.execute(SQL(query, tuple(self.ids)))

    @api.ondelete(at_uninstall=False)
    def _unlink_pass_on_judging(self):
        self._pass_on_judging()

    def _get_quarter_key(self):
        self.ensure_one()
        return self.company_id.id, self.date_from

    def _search_drafts(self):
        """Return the drafts (in sudo) of the quarters of ``self``."""
        quarters = Domain.OR(
            Domain("company_id", "=", company) & Domain("date_from", "=", day)
            for company, day in {evaluation._get_quarter_key() for evaluation in self}
        )
        return self.sudo().search(Domain("state", "=", "draft") & quarters)  # who is asked about them only

    def _search_judging(self, ids):
        """Return the to-dos (in sudo) of judges on the evaluations ``ids``."""
        own = [("res_model", "=", self._name), ("res_id", "in", ids)]
        kind = [("activity_type_id", "=", self.env.ref(JUDGE).id)]
        return self.env["mail.activity"].sudo().search(own + kind)  # who is asked only
