import pytest

from tools import bench_scale
from tools.common import Refusal


def row(ratio, limit=1.3):
    return {"name": "board", "unit": "ms", "ours": 10.0, "core": 9.0, "ratio": ratio, "limit": limit}


def test_a_board_within_its_limit_passes(capsys):
    bench_scale.tell([row(1.29)])
    assert "ratio  1.29" in capsys.readouterr().out


def test_a_board_above_its_limit_is_refused_by_name():
    with pytest.raises(Refusal, match="board"):
        bench_scale.tell([row(1.1), row(1.31)])
