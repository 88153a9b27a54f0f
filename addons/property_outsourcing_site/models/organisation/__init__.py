"""What communities, equipment and the company know of work on site. Uses all rooms before."""

from . import res_company
from . import res_config_settings
from . import outsourcing_community
from . import maintenance_equipment
