"""What bin/new-addon makes is an add-on like the others, and in no list."""

import pytest

from tools import new_addon
from tools.common import Refusal
from tools.gates import manifests, translations
from tools.gates.base import Checkout

NAME = "property_outsourcing_parking"


@pytest.fixture
def made(tmp_path):
    """A checkout that holds a new add-on alone."""
    new_addon.create(NAME, ["base"], tmp_path / "addons")
    return tmp_path


def test_the_gates_find_nothing(made):
    checkout = Checkout(made)
    assert [addon.name for addon in checkout.product] == [NAME]
    assert not list(manifests.check(checkout))
    assert not list(translations.check(checkout))


def test_an_add_on_that_is_there_is_not_written_over(made):
    with pytest.raises(Refusal, match="is there already"):
        new_addon.create(NAME, ["base"], made / "addons")
    with pytest.raises(Refusal, match="is no name of an add-on"):
        new_addon.create("Parking", ["base"], made / "addons")
