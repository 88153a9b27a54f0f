"""What the site of the documentation shows of the models is read from the code."""

from tools import suite
from tools.site.code import describe_models


def test_steps_of_a_contract_are_shown():
    page = describe_models(suite.ADDONS / "property_outsourcing")
    contract = page.partition("## outsourcing.contract\n")[2].partition("\n## ")[0]
    assert '"active": ("to_approve", "suspended")' in contract
    assert "| `contractor_id` | Many2one | `res.partner` |" in contract


def test_fields_stand_at_the_add_on_that_adds_them():
    page = describe_models(suite.ADDONS / "property_outsourcing_finance")
    contract = page.partition("## outsourcing.contract\n")[2].partition("\n## ")[0]
    assert "| `settlement_ids` | One2many | `outsourcing.settlement` |" in contract
