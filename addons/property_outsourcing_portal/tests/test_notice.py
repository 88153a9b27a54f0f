from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon

JOB = "odoo.addons.property_outsourcing_portal.models.notice.notice_sending"


@tagged("post_install", "-at_install")
class TestNotice(PortalCommon):
    """People without e-mail are told once, by each channel that reaches them."""

    def _get_notices(self, document, user=None, channel="page"):
        domain = [("res_model", "=", document._name), ("res_id", "=", document.id), ("channel", "=", channel)]
        if user:
            domain.append(("partner_id", "=", user.partner_id.id))
        return self.env["outsourcing.notice"].search(domain)

    # ---- who is told ------------------------------------------------------------------------------------

    def test_an_assigned_defect_is_told_to_each_person_of_the_firm(self):
        defect = self._create_defect()
        notices = self._get_notices(defect)
        self.assertEqual(notices.partner_id, (self.portal_contractor | self.colleague).partner_id)
        self.assertIn(defect.name, notices[0].sentence)
        self.assertIn(f"/my/outsourcing/defects/{defect.id}", notices[0].url)

    def test_a_dispatched_order_a_score_and_a_deduction_are_told(self):
        for document in (self._create_order(), self._create_score(), self._create_adjustment()):
            with self.subTest(model=document._name):
                self.assertTrue(self._get_notices(document, self.portal_contractor))

    def test_whoever_writes_to_a_representative_tells_by_the_page(self):
        acceptance = self._create_acceptance()
        acceptance.with_user(self.user_manager).date_planned = fields.Datetime.now() + timedelta(days=1)
        self.env.cr.precommit.run()
        before = self._get_notices(acceptance, self.portal_representative)
        acceptance.with_user(self.user_manager).action_invite_witness()
        self.env.cr.precommit.run()
        notice = self._get_notices(acceptance, self.portal_representative) - before
        self.assertEqual(len(notice), 1, notice.mapped("sentence"))
        self.assertIn("Notice to attend", notice.sentence)

    @mute_logger("odoo.addons.property_outsourcing_portal.models.notice.notice_letters")
    def test_a_letter_that_fails_undoes_nothing_and_is_said_in_an_activity(self):
        broken, sound = self._create_acceptance(), self._create_acceptance()
        for acceptance in broken | sound:
            acceptance.with_user(self.user_manager).date_planned = fields.Datetime.now() + timedelta(days=1)
        self.env.cr.precommit.run()
        before = self._get_notices(sound, self.portal_representative)
        for acceptance in broken | sound:
            acceptance.with_user(self.user_manager).action_invite_witness()
        tell = type(self.env["outsourcing.notice"])._map_readers

        def fail(notices, told):
            if any(document.id == broken.id for document, *_rest in told):
                raise ValueError("no such reader")
            return tell(notices, told)

        with patch.object(type(self.env["outsourcing.notice"]), "_map_readers", fail):
            self.env.cr.precommit.run()
        self.assertTrue(self._get_notices(sound, self.portal_representative) - before)
        kind = self.env.ref("property_outsourcing.activity_type_job_failed")
        to_do = broken.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertIn("A message did not reach the portal", to_do.summary)
        self.assertFalse(sound.activity_ids.filtered(lambda activity: activity.activity_type_id == kind))

    def test_what_fails_beside_a_letter_is_not_taken_for_the_letter(self):
        acceptance = self._create_acceptance()
        acceptance.with_user(self.user_manager).date_planned = fields.Datetime.now() + timedelta(days=1)
        self.env.cr.flush()

        def fail():
            raise ValueError("the step itself")

        with self.assertRaisesRegex(ValueError, "the step itself"):
            acceptance.with_user(self.user_manager).action_invite_witness()
            self.env.cr.precommit.add(fail)
            self.env.cr.precommit.run()

    def test_staff_and_strangers_are_told_nothing(self):
        defect = self._create_defect()
        people = (self.user_manager | self.portal_competitor).partner_id
        told = self.env["outsourcing.notice"]._tell([(defect, people, "Hello", "k")])
        self.assertFalse(told)

    def test_staff_of_several_companies_tells_people_of_one(self):
        other = self.env["res.company"].create({"name": "Harbour Property"})
        self.user_supervisor.company_ids |= other
        defect = self._create_defect().with_user(self.user_supervisor)
        defect = defect.with_context(allowed_company_ids=(other | self.company).ids)
        people = self.portal_contractor.partner_id
        told = defect.env["outsourcing.notice"]._tell([(defect, people, "Hello", "k")])
        self.assertEqual(told.partner_id, people)

    def test_the_same_key_tells_once(self):
        defect = self._create_defect()
        told = [(defect, self.portal_contractor.partner_id, "Hello", "once")]
        self.assertTrue(self.env["outsourcing.notice"]._tell(told))
        self.assertFalse(self.env["outsourcing.notice"]._tell(told))

    def test_a_sentence_is_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.colleague.partner_id.lang = "zh_CN"
        defect = self._create_defect()
        sentences = {
            user: self._get_notices(defect, user).sentence
            for user in (self.portal_contractor, self.colleague)
        }
        self.assertIn("Until", sentences[self.portal_contractor])
        self.assertNotIn("Until", sentences[self.colleague])

    # ---- the bell ---------------------------------------------------------------------------------------

    def test_the_bell_counts_and_leads_to_the_document(self):
        defect = self._create_defect()
        notice = self._get_notices(defect, self.portal_contractor)
        self._log_in(self.portal_contractor)
        self.assertIn("o_outsourcing_bell", self._page("/my/outsourcing").text)
        page = self._page("/my/outsourcing/messages").text
        self.assertIn(notice.sentence, page)
        answer = self._page(f"/my/outsourcing/messages/{notice.id}")
        self.assertIn(f"/my/outsourcing/defects/{defect.id}", answer.url)
        self.env.invalidate_all()
        self.assertTrue(notice.date_read)
        unread = self.env["outsourcing.notice"]._get_unread(self.portal_contractor.partner_id)
        self.assertFalse(unread, self.env["outsourcing.notice"].search([]).mapped("sentence"))
        self.assertNotIn("o_outsourcing_bell", self._page("/my/outsourcing").text)
        other = self._get_notices(defect, self.colleague)
        self.assertEqual(self._page(f"/my/outsourcing/messages/{other.id}").status_code, 404)
        self.assertFalse(other.date_read)

    def test_everything_is_marked_as_read_by_one_press(self):
        self._create_defect()
        self._send("/my/outsourcing/messages/seen", user=self.portal_contractor)
        self.env.invalidate_all()
        unread = self.env["outsourcing.notice"]._get_unread
        self.assertFalse(unread(self.portal_contractor.partner_id))
        self.assertTrue(unread(self.colleague.partner_id))

    # ---- what leaves the house --------------------------------------------------------------------------

    def _tell_by_sms(self):
        self.portal_contractor.partner_id.phone = "13800000001"
        with patch.object(self.env.registry["res.company"], "_has_outsourcing_sms", lambda self: True):
            defect = self._create_defect()
        return self._get_notices(defect, self.portal_contractor, "sms")

    def _run_job(self, send):
        with patch.object(self.env.registry["res.company"], "_send_outsourcing_sms", send):
            self.env["outsourcing.notice"]._cron_send()

    def test_without_a_gateway_nothing_waits(self):
        self.portal_contractor.partner_id.phone = "13800000001"
        self.assertFalse(self._get_notices(self._create_defect(), channel="sms"))

    def test_a_text_message_is_sent_once_with_its_link(self):
        notice, sent = self._tell_by_sms(), []
        for _number in range(2):
            self._run_job(lambda company, number, text: sent.append((number, text)))
        sent = [message for message in sent if message[0] == "13800000001"]
        self.assertEqual(len(sent), 1, sent)
        self.assertIn(notice.url, sent[0][1])
        self.assertEqual((notice.state, notice.tries), ("sent", 1))

    def test_what_certainly_failed_is_tried_again_later_and_at_last_given_up(self):
        notice = self._tell_by_sms()

        def fail(company, number, text):
            raise UserError("No credit")  # pylint: disable=translation-required

        self._run_job(fail)
        self.assertEqual((notice.state, notice.error), ("waiting", "No credit"))
        self.assertGreater(notice.date_next, fields.Datetime.now())
        self._run_job(fail)
        self.assertEqual(notice.tries, 1, "its time has not come")
        notice._gated().write({"tries": 4, "date_next": fields.Datetime.now()})
        self._run_job(fail)
        self.assertEqual(notice.state, "failed")
        notice.with_user(self.user_manager).action_send_again()
        self._run_job(lambda *args: None)
        self.assertEqual(notice.state, "sent")

    @mute_logger(JOB)
    def test_what_may_have_gone_out_is_never_sent_again_by_itself(self):
        notice = self._tell_by_sms()

        def break_off(company, number, text):
            raise TimeoutError

        self._run_job(break_off)
        self.assertEqual(notice.state, "unknown")
        self._run_job(break_off)
        self.assertEqual(notice.tries, 1)

    def test_a_batch_that_breaks_down_after_sending_sends_nothing_twice(self):
        notice, sent = self._tell_by_sms(), []

        def lose(rows, *args):
            raise ValueError

        runner = "odoo.addons.property_outsourcing.models.workflow.outsourcing_batch_mixin"
        with (
            patch.object(self.env.registry["outsourcing.notice"], "_keep_outcome", lose),
            mute_logger(runner),
        ):
            self._run_job(lambda company, number, text: sent.append(number))
        self.assertEqual(sent.count("13800000001"), 1, sent)
        self.assertEqual(notice.state, "sending", "an hour later it is uncertain")

    def test_what_was_begun_and_never_ended_is_uncertain(self):
        notice = self._tell_by_sms()
        notice._gated().write({"state": "sending"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE outsourcing_notice SET write_date = write_date - interval '2 hours' WHERE id = %s",
            [notice.id],
        )
        self.env.invalidate_all()
        self._run_job(lambda *args: self.fail("it may have gone out"))
        self.assertEqual(notice.state, "unknown")

    def test_nobody_but_a_manager_reads_or_sends_again(self):
        notice = self._tell_by_sms()
        notice._gated().write({"state": "failed"})
        self.assertEqual(notice.with_user(self.user_manager).action_open_document()["res_id"], notice.res_id)
        self.assertFalse(self.env["outsourcing.notice"].with_user(self.user_supervisor).has_access("read"))
        for user in (self.user_manager, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                notice.with_user(user).write({"state": "sent"})
