from . import outsourcing_uom_alias
from . import uom_uom
