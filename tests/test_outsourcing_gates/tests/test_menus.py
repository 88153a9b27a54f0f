import json
import logging

from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from .common import own_records

ROOT = "property_outsourcing.outsourcing_menu_root"
CLICK = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader').startClickEverywhere('%s');"
FORMS = """
(async () => {
    const service = odoo.__WOWL_DEBUG__.root.env.services.action;
    const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    for (const target of %s) {
        console.log("Opening form " + target.name);
        try {
            await service.doAction(target.action, { clearBreadcrumbs: true });
        } catch (error) {
            throw new Error(target.name + ": " + error);
        }
        for (let turn = 0; turn < 200; turn++) {
            if (document.querySelector(".o_error_dialog")) {
                throw new Error(target.name + ": " + document.querySelector(".o_error_dialog").innerText);
            }
            if (document.querySelector(".o_form_view .o_form_renderer")) {
                break;
            }
            await wait(50);
        }
        if (!document.querySelector(".o_form_view .o_form_renderer")) {
            throw new Error(target.name + ": no form was shown");
        }
        for (const tab of document.querySelectorAll(".o_form_view .o_notebook .nav-link")) {
            tab.click();
            await wait(80);
        }
        if (document.querySelector(".o_error_dialog")) {
            throw new Error(target.name + ": " + document.querySelector(".o_error_dialog").innerText);
        }
    }
    console.log("forms opened");
})().catch((error) => console.error(String(error)));
"""


class _Clicked(logging.Handler):
    """The menus that the browser says it tested."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.menus = set()

    def emit(self, record):
        text = record.getMessage()
        for prefix in ("Testing menu ", "Testing app menu: "):
            if prefix in text:
                self.menus.add(text.split(prefix, 1)[1].split()[-1])


class MenuCase(HttpCase):
    # Wide enough that no menu hides in a "more" menu.
    browser_size = "1920x1080"

    def _user(self, role):
        user = new_test_user(
            self.env,
            f"gate_{role}",
            groups=f"property_outsourcing.group_outsourcing_{role}",
            tz="Asia/Shanghai",
        )
        if "tour_enabled" in user._fields:
            user.tour_enabled = False
        if role == "user":
            # A supervisor sees the communities that he belongs to.
            self.env["outsourcing.community"].search([]).supervisor_ids += user
        return user

    def _menus(self, user):
        """Menus of ours that the user sees and that open something, by external id."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        found, waiting = {}, [menu for menu in menus["root"]["children"] if menus[menu]["xmlid"] == ROOT]
        while waiting:
            menu = menus[waiting.pop()]
            waiting += menu["children"]
            if menu["action_id"] and not menu["children"]:
                found[menu["xmlid"]] = menu
        return found

    def _click(self, role):
        user = self._user(role)
        wanted = self._menus(user)
        self.assertTrue(wanted, f"{role} sees no menu of ours")
        clicked = _Clicked()
        # what the browser says is told at a level that a quiet run leaves out
        self.addCleanup(self._logger.setLevel, self._logger.level)
        self._logger.setLevel(logging.INFO)
        self._logger.addHandler(clicked)
        self.addCleanup(self._logger.removeHandler, clicked)
        self.browser_js(
            "/odoo", CLICK % ROOT, "odoo.isReady === true", login=user.login, timeout=600,
            success_signal="clickbot test succeeded",
        )  # fmt: skip
        self.assertFalse(set(wanted) - clicked.menus, "the browser did not come to these menus")

    def _open_forms(self, role):
        """The first record of every menu, or a new one, with all its pages."""
        user = self._user(role)
        targets = []
        for xmlid, menu in sorted(self._menus(user).items()):
            action = self.env["ir.actions.actions"].browse(menu["action_id"]).sudo()
            if action.type != "ir.actions.act_window":
                continue
            window = self.env["ir.actions.act_window"].browse(action.id)
            model = self.env[window.res_model].with_user(user)
            if "form" not in window.view_mode.split(",") or not model.has_access("read"):
                continue
            record = model.search([], limit=1)
            if not record and not model.has_access("create"):
                continue
            form = window.view_ids.filtered(lambda line: line.view_mode == "form").view_id[:1]
            shown = {
                "type": "ir.actions.act_window",
                "res_model": window.res_model,
                "res_id": record.id,
                "views": [[form.id, "form"]],
            }
            targets.append({"name": xmlid, "action": shown})
        self.assertTrue(targets)
        self.browser_js(
            "/odoo", FORMS % json.dumps(targets), "odoo.isReady === true", login=user.login, timeout=600,
            success_signal="forms opened",
        )  # fmt: skip


@tagged("post_install", "-at_install")
class TestMenus(MenuCase):
    """Odoo's own click-through, over our menus alone, with every view and filter; and every form."""

    def test_manager_clicks_everywhere(self):
        self._click("manager")

    def test_supervisor_clicks_everywhere(self):
        self._click("user")

    def test_finance_clicks_everywhere(self):
        self._click("finance")

    def test_manager_opens_forms(self):
        self._open_forms("manager")

    def test_supervisor_opens_forms(self):
        self._open_forms("user")

    def test_finance_opens_forms(self):
        self._open_forms("finance")


@tagged("post_install", "-at_install")
class TestMenuTargets(TransactionCase):
    def test_every_menu_opens_something(self):
        empty = own_records(self.env, "ir.ui.menu").filtered(
            lambda menu: not menu.action and not menu.child_id
        )
        # The frame's menus wait for the add-ons that fill them; without children the client hides them.
        empty = empty.filtered(lambda menu: menu.parent_id.get_external_id().get(menu.parent_id.id) != ROOT)
        self.assertFalse(empty.mapped("complete_name"))
