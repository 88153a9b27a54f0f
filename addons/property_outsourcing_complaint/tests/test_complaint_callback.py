from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .complaint_common import ComplaintCommon, freeze_time


@tagged("post_install", "-at_install")
class TestComplaintCallback(DocumentsCommon, ComplaintCommon):
    """A sample of what was confirmed is drawn once a month; who is not satisfied gets it back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draws = cls.env["outsourcing.complaint.draw"]

    @classmethod
    def _confirmed(cls, count, **vals):
        """Return complaints that were confirmed this month."""
        complaints = cls.env["outsourcing.complaint"].create(
            [
                {
                    "problem_id": cls.stuck.id,
                    "equipment_id": cls.elevator.id,
                    "user_id": cls.user_supervisor.id,
                    "reporter_ids": [Command.create({"name": "Ms Wang", "phone": "13912345678"})],
                    **vals,
                }
                for _number in range(count)
            ]
        )
        now = fields.Datetime.now()
        complaints._gated().write({"state": "confirmed", "date_confirmed": now, "confirmed_by": "desk"})
        return complaints

    @classmethod
    def _draw_next_month(cls):
        with freeze_time(fields.Datetime.now() + relativedelta(months=1)):
            cls.draws._cron_draw()
        return cls.draws.search([])

    def test_the_rate_is_drawn_once_and_asked_of_somebody_else(self):
        complaints = self._confirmed(11)
        draw = self._draw_next_month()
        self.assertRecordValues(draw, [{"population": 11, "rate": 10, "sample": 2}])
        self.assertLess(draw.callback_ids.complaint_id, complaints)
        for complaint in draw.callback_ids.complaint_id:
            asked = self._asked(complaint, "callback").user_id
            self.assertTrue(asked)
            self.assertNotIn(self.user_supervisor, asked)
        self.company.outsourcing_complaint_callback_rate = 100
        self.assertEqual(self._draw_next_month().sample, 2)

    def test_the_same_are_drawn_whoever_draws_and_nobody_draws_again(self):
        complaints = self._confirmed(20)
        draw = self._draw_next_month()
        drawn = draw.callback_ids.complaint_id
        self.assertEqual(draw._choose(complaints), drawn.sorted(draw._get_lot))
        with self.assertRefused("What was drawn stays drawn"):
            draw.sudo().unlink()
        for user in (self.user_manager, self.user_admin):
            with self.assertRaises(AccessError):  # core's own
                draw.with_user(user).write({"rate": 50})

    def test_who_cannot_be_asked_and_what_is_not_over_is_not_drawn(self):
        self._report_matter()
        self._confirmed(1, reporter_ids=[Command.create({"name": "Without a number"})])
        self._confirmed(1, kind="praise")
        self.assertFalse(self._draw_next_month())

    def test_no_rate_no_calls(self):
        self.company.outsourcing_complaint_callback_rate = 0
        self._confirmed(3)
        self.assertFalse(self._draw_next_month())

    def _called(self, result, comment=False, user=None):
        self._confirmed(1)
        callback = self._draw_next_month().callback_ids.with_user(user or self.user_supervisor2)
        action = callback.action_record_result()
        form = Form(callback.env[action["res_model"]].with_context(**action["context"]))
        form.result = result
        if comment:
            form.comment = comment
        form.save().action_confirm()
        return callback

    def test_who_is_satisfied_is_recorded(self):
        callback = self._called("satisfied", "Quick")
        self.assertRecordValues(
            callback, [{"result": "satisfied", "comment": "Quick", "called_by_id": self.user_supervisor2.id}]
        )
        self.assertFalse(self._asked(callback.complaint_id, "callback"))
        with self.assertRefused("What the resident said is recorded already"):
            callback.action_record_result()

    def test_who_is_not_satisfied_gets_it_returned(self):
        callback = self._called("unsatisfied", "It still jams")
        complaint = callback.complaint_id
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "returned",
                    "return_count": 1,
                    "return_reason": "It still jams",
                    "confirmed_by": False,
                    "date_confirmed": False,
                }
            ],
        )
        self.assertTrue(self._asked(complaint, "returned"))

    def test_what_was_closed_comes_back_and_its_confirmation_counts_no_more(self):
        complaint = self._done()
        complaint._confirm("desk", 5)
        complaint.action_close()
        self.assertTrue(self._facts("complaint_confirmed"))
        callback = self._draw_next_month().callback_ids.with_user(self.user_supervisor2)
        callback._record_result("unsatisfied", "It still jams")
        self.assertEqual((complaint.state, complaint.date_closed), ("returned", False))
        self.assertFalse(self._facts("complaint_confirmed"))
        self._dispatch_matter(complaint)
        self.assertEqual(complaint.state, "dispatched")

    def test_the_stars_of_a_confirmation_that_counts_no_more_do_not_count(self):
        complaint = self._done()
        complaint._confirm("desk", 5)
        self.assertEqual(self._facts("complaint_stars").value, 5.0)
        callback = self._draw_next_month().callback_ids.with_user(self.user_supervisor2)
        callback._record_result("unsatisfied", "It still jams")
        self.assertFalse(self._facts("complaint_stars"))
        self.assertFalse(complaint.stars)
        complaint._gated().state = "done"
        complaint._confirm("desk", 2)
        self.assertEqual(self._facts("complaint_stars").value, 2.0)

    def test_without_a_call_back_what_is_over_stays_over(self):
        complaint = self._confirmed(1).with_user(self.user_supervisor)
        with self.assertRefused("cannot become"):
            complaint._return("No")

    def test_an_old_call_back_returns_nothing_twice(self):
        complaint = self._called("unsatisfied", "It still jams").complaint_id
        later = fields.Datetime.now() + timedelta(hours=1)
        complaint._gated().write({"state": "confirmed", "date_confirmed": later})
        with self.assertRefused("cannot become"):
            complaint._return("Again")

    def test_whoever_dealt_with_it_does_not_call(self):
        with self.assertRefused("Somebody else than who dealt with it calls back"):
            self._called("satisfied", user=self.user_supervisor)

    def test_who_was_not_reached_is_called_again(self):
        callback = self._called("unreached")
        self.assertTrue(self._asked(callback.complaint_id, "callback"))
        with self.assertRefused("Write what the resident is not satisfied with"):
            callback._record_result("unsatisfied", " ")
        callback._record_result("satisfied", False)

    def test_the_mean_is_of_those_who_were_reached(self):
        self.company.outsourcing_complaint_callback_rate = 100
        self._confirmed(4)
        callbacks = self._draw_next_month().callback_ids
        for row, result in zip(
            callbacks, ("satisfied", "satisfied", "unsatisfied", "unreached"), strict=True
        ):
            row._gated().result = result
        [[mean]] = callbacks._read_group([("id", "in", callbacks.ids)], [], ["satisfaction:avg"])
        self.assertAlmostEqual(mean, 200 / 3)

    def test_thirty_communities_are_drawn_in_the_queries_of_one(self):
        communities = self.env["outsourcing.community"].create(
            [
                {"name": f"Garden {number}", "area_id": self.area.id, "manager_id": self.user_manager.id}
                for number in range(self.MANY + 2)
            ]
        )
        for community in communities:
            self._confirmed(1, equipment_id=False, community_id=community.id)
        month = fields.Date.today().replace(day=1)
        draws = self.draws._gated().create(
            [{"community_id": community.id, "month": month, "rate": 10} for community in communities]
        )
        self._take_steps(draws, Step("outsourcing.complaint.draw._draw", None, (), self.ROWS))
