from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestSiteStates(SiteCommon):
    """Every pair of state and target, driven from the transition tables."""

    def _assert_matrix(self, record, user):
        states = record._fields["state"].get_values(self.env)
        for source in states:
            for target in states:
                with self.subTest(source=source, target=target):
                    record._gated().write({"state": source})
                    actor = record.with_user(user) if target != "missed" else record._as_system()
                    allowed = source in record._get_transitions().get(target, ())
                    if allowed:
                        record._check_source_state(target)
                    else:
                        with self.assertRaises(UserError):  # each for a reason of its own
                            actor._transition_to(target)
                    self.assertEqual(record.state, source)

    def test_inspection(self):
        inspection = self._create_inspection()
        inspection._gated().write(
            {"date_done": "2026-11-01 00:00:00", "submitted_by_id": self.portal_contractor.id}
        )
        self._assert_matrix(inspection, self.portal_contractor)

    def test_defect(self):
        self._assert_matrix(self._create_defect(), self.user_supervisor)

    def test_site_log(self):
        log = self._create_log().with_env(self.env)
        log._gated().write(
            {"date_submitted": "2026-11-01 00:00:00", "submitted_by_id": self.portal_contractor.id}
        )
        self._assert_matrix(log, self.user_supervisor)

    def test_nobody_marks_an_inspection_as_missed_by_hand(self):
        inspection = self._create_inspection()
        for user in (self.user_manager, self.portal_contractor):
            with self.assertRefused("Only the schedule marks an inspection as missed.", AccessError):
                inspection.with_user(user)._transition_to("missed")

    def test_state_is_never_written_by_a_client(self):
        for record in (self._create_inspection(), self._create_defect()):
            with self.assertRefused("The state changes only through the buttons of the workflow."):
                record.with_user(self.user_manager).write({"state": "closed"})

    def test_unlink_is_refused(self):
        inspection = self._create_done_inspection({"A_1_25": {"result": "fail", "note": "dirty"}})
        forced = {"_force_unlink": True}
        for record in (inspection, inspection.line_ids[0], inspection.defect_ids):
            with self.assertRaises(AccessError):  # core's own
                record.with_user(self.user_admin).with_context(**forced).unlink()
        with self.assertRefused("and can no longer be deleted."):
            inspection.with_context(**forced).sudo().unlink()

    def test_stamps_are_never_sent_along(self):
        planted = {
            "outsourcing.inspection": ("date_done", "submitted_by_id", "is_paper"),
            "outsourcing.site.log": ("date_reviewed", "reviewed_by_id", "is_deemed_reviewed", "is_paper"),
            "outsourcing.defect": ("date_closed", "closed_by_id", "reopen_count", "task_id"),
        }
        own = {
            "outsourcing.inspection": {"checklist_id": self.tsg.id},
            "outsourcing.site.log": {},
            "outsourcing.defect": {"description": "x"},
        }
        for name, stamps in planted.items():
            model = self.env[name].with_user(self.user_supervisor)
            vals = {"contract_id": self.contract.id, **own[name]}
            record = model.create(vals)
            for stamp in stamps:
                value = "2026-01-01" if stamp.startswith("date") else 1
                with self.subTest(model=name, stamp=stamp):
                    with self.assertRefused("These values are written by the system alone"):
                        model.create({**vals, stamp: value})
                    with self.assertRefused("These values are written by the system alone"):
                        model.with_context(**{f"default_{stamp}": value}).create(vals)
                    with self.assertRefused("These values are written by the system alone"):
                        record.write({stamp: value})
            with self.assertRefused("can no longer be changed."):
                record.write({"name": "FORGED"})
