"""What owners' representatives say of finished work: stars, and a comment for the property company."""

from . import res_company
from . import res_config_settings
from . import outsourcing_fact
from . import outsourcing_owner_rating
from . import rating_work
from . import rating_portal
from . import res_users
