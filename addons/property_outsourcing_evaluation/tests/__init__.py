from . import test_scorecard
from . import test_evaluation_figures
from . import test_evaluation_run
from . import test_evaluation_workflow
from . import test_evaluation_effects
from . import test_evaluation_portal
from . import test_many_evaluations
