"""Forms and photos of a phone, each recorded once, with the time of the act beside that of the receipt."""

from . import res_company
from . import res_config_settings
from . import outsourcing_portal_post
from . import ir_http_once
