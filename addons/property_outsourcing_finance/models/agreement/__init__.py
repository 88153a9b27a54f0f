"""对账: the contractor agrees to a statement or disputes it before finance approves; what it waits for."""

from . import (
    res_company,
    res_config_settings,
    outsourcing_settlement,
    statement_answer,
    statement_paper,
    statement_silence,
    statement_course,
)
