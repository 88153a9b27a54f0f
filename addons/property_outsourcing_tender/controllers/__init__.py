from . import tender
from . import bid
from . import workbook
from . import notice
from . import keys
