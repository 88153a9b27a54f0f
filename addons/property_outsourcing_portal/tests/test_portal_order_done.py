from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOrderDone(PortalCommon):
    """Whatever way a contractor tries, a work order is done when the property company says so."""

    def setUp(self):
        super().setUp()
        self.order = self._create_order()
        self.order.message_subscribe(self.portal_contractor.partner_id.ids)
        self.order.with_user(self.portal_contractor)._portal_report("completed")
        self.done = self.env.ref("property_outsourcing.order_stage_done")
        self._log_in(self.portal_contractor)
        self.env.flush_all()

    def _call(self, model, method, *args, **kwargs):
        """Return whether a call by RPC went through."""
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        with mute_logger("odoo.http"):
            try:
                self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
            except Exception:  # noqa: BLE001 - the server's refusal arrives wrapped
                return False
        return True

    def _assert_open(self):
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "01_in_progress")
        self.assertEqual(self.order.stage_id, self.env.ref("property_outsourcing.order_stage_checking"))
        self.assertTrue(self.order.active)
        self.assertFalse(self.order.outsourcing_date_closed)

    def _assert_refused(self, model, method, *args, **kwargs):
        self.assertFalse(self._call(model, method, *args, **kwargs), f"{model}.{method}{args}")
        self._assert_open()

    def test_by_writing_state_or_stage(self):
        for vals in (
            {"state": "1_done"},
            {"state": "1_canceled"},
            {"stage_id": self.done.id},
            {"outsourcing_date_closed": "2026-01-01 00:00:00"},
        ):
            self._assert_refused("project.task", "write", self.order.ids, vals)
            self._assert_refused("project.task", "web_save", self.order.ids, vals, {"id": {}})

    def test_by_archiving_or_deleting(self):
        self._assert_refused("project.task", "write", self.order.ids, {"active": False})
        for method in ("action_archive", "unlink"):
            self._assert_refused("project.task", method, self.order.ids)

    def test_by_the_buttons_and_dialogues_of_staff(self):
        for method in ("action_outsourcing_done", "action_outsourcing_resume", "_close_orders"):
            self._assert_refused("project.task", method, self.order.ids)
        step = {"task_ids": [Command.link(self.order.id)], "step": "close", "note": "Done"}
        self._assert_refused("outsourcing.order.step", "create", [step])
        measure = [name for name in dir(type(self.order)) if name.startswith("action_outsourcing")]
        for method in measure:
            self._call("project.task", method, self.order.ids)
            self._assert_open()

    def test_by_way_of_other_records(self):
        update = [[1, self.order.id, {"state": "1_done"}]]
        project, partner = self.contract.project_id, self.portal_contractor.partner_id
        self._assert_refused("project.project", "write", project.ids, {"task_ids": update})
        self._assert_refused("res.partner", "write", partner.ids, {"task_ids": update})
        self._assert_refused("outsourcing.contract", "write", self.contract.ids, {"task_ids": update})
        self._assert_refused("res.users", "write", self.portal_contractor.ids, {"task_ids": update})
        self._assert_refused(
            "project.task", "create", [{"name": "x", "project_id": project.id, "child_ids": update}]
        )

    def test_by_renaming_stages(self):
        self._assert_refused("project.task.type", "write", self.order.stage_id.ids, {"fold": True})

    def test_by_project_sharing(self):
        project = self.contract.project_id
        collaborator = {"project_id": project.id, "partner_id": self.portal_contractor.partner_id.id}
        self._assert_refused("project.collaborator", "create", [collaborator])
        for path in ("", "/project_sharing", f"/task/{self.order.id}"):
            with mute_logger("odoo.http"):
                response = self._page(f"/my/projects/{project.id}{path}")
            self.assertNotIn("project_sharing_frame", response.text)
            self.assertNotIn("o_project_sharing", response.text)
        context = {"default_project_id": project.id}
        self.assertFalse(
            self._call("project.task", "write", self.order.ids, {"state": "1_done"}, context=context)
        )
        self._assert_open()

    def test_by_the_page_of_the_order(self):
        url = f"/my/outsourcing/orders/{self.order.id}"
        for data in ({"step": "closed"}, {"step": "done"}, {"step": "completed", "state": "1_done"}):
            self._send(f"{url}/report", data)
            self._assert_open()

    def test_staff_closes_it(self):
        self.order.with_user(self.user_supervisor).action_outsourcing_done()
        self.assertEqual((self.order.state, self.order.stage_id), ("1_done", self.done))
