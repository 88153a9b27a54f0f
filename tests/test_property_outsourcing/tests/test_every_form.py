from odoo.fields import Datetime
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import StoryCommon

ROLES = ("supervisor", "finance", "manager", "admin")
CORE = {"account.move", "project.task"}  # whose own forms other people fill in as well
ORDERS = "property_outsourcing.outsourcing_order_action"


class FormFiller:
    """Fills in a form from empty as a person would: what is required, shown and open, and nothing else."""

    def __init__(self, form, choices):
        self.form = form
        self.choices = choices

    def fill(self):
        """Fill in until nothing asked for is left; what one field asks for may follow from another."""
        for _round in range(5):
            names = [name for name in self.form._view["fields"] if self._is_asked(name)]
            for name in names:
                if self._is_asked(name):
                    self._answer(name)
            if not names:
                break

    def _is_asked(self, name):
        form = self.form
        if name == "id" or form._values.get(name) or not form._get_modifier(name, "required"):
            return False
        return not (form._get_modifier(name, "readonly") or form._get_modifier(name, "invisible"))

    def _answer(self, name):
        field = self.form._view["fields"][name]
        if field["type"] in ("many2one", "many2many"):
            record = self._choose(name, field)
            if not record:
                raise AssertionError(f"nothing can be chosen as {name}")
            if field["type"] == "many2one":
                setattr(self.form, name, record)
            else:
                getattr(self.form, name).add(record)
        elif field["type"] == "selection":
            setattr(self.form, name, field["selection"][0][0])
        else:
            setattr(self.form, name, self.choices.get(name) or self._type(field["type"]))

    def _type(self, kind):
        now = Datetime.now()
        known = {"date": now.date(), "datetime": now, "float": 1.0, "monetary": 1.0, "integer": 1}
        return known.get(kind, "Written in the form")

    def _choose(self, name, field):
        """Return a record the list under the field offers, one of this test's if there is any."""
        records = self.form._env[field["relation"]]
        node = self.form._view["tree"].find(f".//field[@name='{name}']")
        domain = node.get("domain") or field.get("domain") or []  # as the browser does
        if isinstance(domain, str):
            domain = safe_eval(domain, self.form._get_eval_context())
        for preferred in self.choices.get(records._name, ()):
            if records.search_count([*domain, ("id", "=", preferred.id)]):
                return preferred
        return records.search(domain, limit=1)


@tagged("post_install", "-at_install")
class TestEveryForm(StoryCommon):
    """Every form of the suite that opens empty can be filled in and saved by each who may create."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.choices = {
            "outsourcing.contract": [cls._open_service(), cls._open_works()],
            "outsourcing.community": [cls.community],
            "res.partner": [cls.contractor, cls.performer],
            "login": "13911112222",
        }

    def test_every_form_is_filled_in_from_empty_and_saved(self):
        count = 0
        for action in self._get_form_actions():
            for role in ROLES:
                user = getattr(self, f"user_{role}")
                if self.env[action.res_model].with_user(user).has_access("create"):
                    with self.subTest(action=action.name, model=action.res_model, role=role):
                        count += self._save_form(action, user)
        self.assertGreater(count, 60)

    def _save_form(self, action, user):
        """Fill in and save; return whether there is a button for it at all."""
        context = safe_eval(action.context or "{}", {"uid": user.id, "allowed_company_ids": self.company.ids})
        records = self.env[action.res_model].with_user(user).with_context(**context)
        views = {mode: view_id for view_id, mode in action.views}
        with self.env.cr.savepoint() as savepoint:  # the next one starts from nothing as well
            form = Form(records, views.get("form") and self.env["ir.ui.view"].browse(views["form"]))
            if form._view["tree"].get("create") in ("0", "False"):
                return False
            FormFiller(form, self.choices).fill()
            self.assertTrue(form.save())
            savepoint.rollback()
        return True

    def _get_form_actions(self):
        """Return the actions of the suite whose lists have a button for a new record."""
        data = self.env["ir.model.data"].search(
            [("model", "=", "ir.actions.act_window"), ("module", "=like", "property_outsourcing%")]
        )
        actions = self.env["ir.actions.act_window"].browse(data.mapped("res_id"))
        actions = actions.filtered(
            lambda action: "form" in action.view_mode.split(",") and action.target != "new"
        )
        return actions.filtered(lambda action: action.res_model not in CORE) | self.env.ref(ORDERS)
