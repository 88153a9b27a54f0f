"""What the site of the documentation shows is read from the code."""

from xml.etree import ElementTree

from tools import suite
from tools.common import ROOT
from tools.site import code, diagram

TEXT = "{http://www.w3.org/2000/svg}text"


def _models():
    return code.read_models([suite.ADDONS / name for name in suite.modules()])


def test_steps_of_a_contract_are_read_from_its_workflow():
    steps = _models()["outsourcing.contract"].steps
    assert steps["active"] == ("to_approve", "suspended")


def test_fields_tell_the_add_on_they_come_from():
    fields = _models()["outsourcing.contract"].fields
    assert ("settlement_ids", "One2many", "outsourcing.settlement", "property_outsourcing_finance") in fields


def test_every_state_of_every_workflow_has_its_box():
    for model in _models().values():
        if model.steps:
            states = {*model.steps, *(state for sources in model.steps.values() for state in sources)}
            texts = {element.text for element in ElementTree.fromstring(diagram.draw(model.steps)).iter(TEXT)}
            assert texts == states, model.name


def test_navigation_names_papers_that_exist():
    source = (ROOT / "tools" / "site" / "pages.py").read_text(encoding="utf-8")
    for name in (
        "README",
        "README.zh-CN",
        "ARCHITECTURE",
        "CHANGELOG",
        "CONTRIBUTING",
        "EXTENDING",
        "SECURITY",
    ):
        assert name in source
        assert (ROOT / f"{name}.md").is_file(), name
