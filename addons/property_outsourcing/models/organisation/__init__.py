from . import outsourcing_code_mixin
from . import maintenance_equipment, outsourcing_area, outsourcing_community, outsourcing_location
from . import outsourcing_community_level
from . import maintenance_equipment_coverage
from . import res_users
