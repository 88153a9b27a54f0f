"""A label on site: what it says, how it is printed, and what it leads to for whoever may see that."""

from . import res_users
from . import label_mixin
from . import outsourcing_location
from . import maintenance_equipment
from . import outsourcing_community
