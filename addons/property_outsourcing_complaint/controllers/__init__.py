from . import report
from . import follow
from . import mine
