"""Which tests a name on the command line chooses."""

import pytest

from tools import kept
from tools.common import Refusal


def test_classes_of_several_addons_are_one_run():
    first, second = kept.chosen(
        ["test_outsourcing_gates:TestMany", "property_outsourcing:TestAdjustmentRace.test_x"]
    )
    assert first.endswith("test_many.py::TestMany")
    assert second.endswith("test_adjustment_race.py::TestAdjustmentRace::test_x")


def test_a_whole_addon_is_shared_out():
    assert kept.chosen(["test_outsourcing_gates"])[1:] == kept.SHARED_OUT


def test_a_class_that_is_not_there_is_refused():
    with pytest.raises(Refusal, match="has no tests TestNothing"):
        kept.chosen(["test_outsourcing_gates:TestNothing"])
