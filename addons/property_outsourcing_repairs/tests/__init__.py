from . import test_many_rollups
from . import test_repairs_answer
from . import test_repairs_ceiling
from . import test_repairs_dispute
from . import test_repairs_framework
from . import test_repairs_order
from . import test_repairs_rollup
from . import test_repairs_take_back
