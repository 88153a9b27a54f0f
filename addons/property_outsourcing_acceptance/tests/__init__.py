from . import test_acceptance_access
from . import test_acceptance_levels
from . import test_acceptance_performance
from . import test_acceptance_states
from . import test_acceptance_views
from . import test_concealed_work
from . import test_month_score
from . import test_settlement_blockers
