"""The company's periods of acceptance, and its settings. Uses the base only."""

from . import res_company
from . import res_config_settings
