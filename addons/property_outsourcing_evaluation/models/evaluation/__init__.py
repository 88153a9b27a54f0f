"""A contractor's quarter in a service: counted, judged, answered, final. Uses deadlines and scorecards."""

from . import outsourcing_fact
from . import outsourcing_evaluation
from . import outsourcing_evaluation_line
from . import outsourcing_evaluation_veto
from . import fact_totals
from . import evaluation_criteria
from . import evaluation_counting
from . import outsourcing_evaluation_contract
from . import line_figures
from . import evaluation_score
from . import evaluation_workflow
from . import evaluation_judging
from . import evaluation_appeal
from . import evaluation_run
from . import evaluation_matrix
from . import evaluation_charts
from . import evaluation_comparison
from . import evaluation_workbook
from . import outsourcing_contract
