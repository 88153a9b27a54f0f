from . import outsourcing_standard
from . import outsourcing_standard_clause
from . import res_company
from . import res_config_settings
