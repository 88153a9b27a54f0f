from . import ir_cron
from . import outsourcing_guard_mixin
from . import outsourcing_workflow_mixin
