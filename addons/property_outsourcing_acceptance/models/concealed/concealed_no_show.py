from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment

from .outsourcing_concealed_work import PHASES_TO_ACCEPT
from .outsourcing_concealed_workflow import ACTIVITY_NO_SHOW


class OutsourcingConcealedWork(models.Model):
    """Nobody came to the inspection: recorded, and what follows is the setting of the company."""

    _inherit = "outsourcing.concealed.work"

    @api.model
    def _get_no_shows(self, now):
        """Return the noticed works whose planned time and grace have passed without an inspection."""
        waiting = self.search(
            [("state", "=", "notified"), ("planned_date", "<", now)], order="planned_date, id"
        )
        return waiting.filtered(
            lambda work: (
                work.planned_date + timedelta(hours=work.company_id.outsourcing_concealed_no_show_hours) < now
            )
        )

    def _process_no_shows(self):
        """Record that nobody came; what follows is the company's setting."""
        new = self.filtered(lambda work: not work.date_no_show)
        new._gated().write({"date_no_show": fields.Datetime.now()})
        new._message_log_batch(
            {
                work.id: self.env._(
                    "Nobody came to the inspection planned for %s. Recorded.",
                    format_moment(work, work.planned_date),
                )
                for work in new
            }
        )
        new._schedule_event(ACTIVITY_NO_SHOW, self.env._("Nobody came to the inspection"))
        self.filtered(lambda work: work._may_be_deemed_accepted())._deem_accepted()

    def _may_be_deemed_accepted(self):
        """Return whether signed self-check and photos stand for the inspection nobody came to."""
        self.ensure_one()
        signed = self._get_stages().filtered(lambda s: s.level == "self_check" and s.result == "pass")
        deemed = self.company_id.outsourcing_concealed_no_show == "deemed"
        return deemed and bool(signed) and set(PHASES_TO_ACCEPT) <= self._get_photo_phases()

    def _deem_accepted(self):
        """Accept the works ``self`` on the contractor's signed self-check and photos."""
        self._get_stages().filtered(lambda stage: not stage.result)._gated().write(
            {"result": "deemed", "date_signed": fields.Datetime.now(), "signed_by_id": self.env.uid}
        )
        self._gated().write({"is_deemed": True})
        self._as_system()._transition_to("accepted")

    @api.model
    def _cron_process_no_shows(self):
        """Record inspections nobody came to and apply the company's rule."""
        works = self._get_no_shows(fields.Datetime.now())
        works._run_in_batches("_process_no_shows", domain=[("state", "=", "notified")])
