from . import outsourcing_fact
from . import outsourcing_rule_mixin
from . import outsourcing_adjustment
from . import outsourcing_adjustment_proposal
from . import outsourcing_adjustment_case
from . import outsourcing_adjustment_manual
from . import outsourcing_adjustment_workflow
from . import outsourcing_adjustment_pending
