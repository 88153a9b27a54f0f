from . import report
from . import follow
