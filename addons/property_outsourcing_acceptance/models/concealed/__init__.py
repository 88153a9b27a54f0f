from . import outsourcing_concealed_stage
from . import outsourcing_concealed_work
from . import outsourcing_concealed_workflow
