"""Areas, communities, places and equipment, and who looks after them.

Uses the catalogue and the rooms before it.
"""

from . import outsourcing_code_mixin, outsourcing_placed_mixin
from . import maintenance_equipment, outsourcing_area, outsourcing_community, outsourcing_location
from . import location_equipment
from . import equipment_registry
from . import community_level
from . import community_contacts
from . import community_representatives
from . import res_users
