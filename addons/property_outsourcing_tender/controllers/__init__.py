from . import tender
from . import document
from . import bid
from . import bid_bond
from . import workbook
from . import notice
from . import keys
