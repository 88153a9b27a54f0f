import pytest

from tools import bench_scale
from tools.common import ROOT, Refusal


def row(ratio, limit=1.3):
    return {"name": "board", "unit": "ms", "ours": 10.0, "core": 9.0, "ratio": ratio, "limit": limit}


def test_a_board_within_its_limit_passes(capsys):
    bench_scale.tell([row(1.29)])
    assert "ratio  1.29" in capsys.readouterr().out


def test_a_board_above_its_limit_is_refused_by_name():
    with pytest.raises(Refusal, match="board"):
        bench_scale.tell([row(1.1), row(1.31)])


def test_what_takes_twice_as_long_with_more_history_is_refused():
    before, after = [{**row(1.0), "ours": 10.0}], [{**row(1.0), "ours": 21.0}]
    with pytest.raises(Refusal, match="board, history x10"):
        bench_scale.tell(bench_scale._compare_growth(before, after, 10))


def test_some_milliseconds_more_are_the_machine_s():
    before, after = [{**row(1.0), "ours": 1.0}], [{**row(1.0), "ours": 4.0}]
    [grown] = bench_scale._compare_growth(before, after, 10)
    assert grown["ratio"] < grown["limit"]


def test_each_step_has_its_script():
    steps = [*bench_scale.STEPS, *bench_scale.MEASURES.values()]
    scripts = {f"{script}.py" for _what, script in steps} | {"scale_common.py"}
    assert scripts == {path.name for path in (ROOT / "tools" / "shell").glob("scale_*.py")}
