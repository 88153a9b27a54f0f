from . import outsourcing_area
from . import outsourcing_community
from . import outsourcing_location
from . import maintenance_equipment
