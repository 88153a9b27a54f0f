from . import outsourcing_concealed_stage
from . import outsourcing_concealed_work
from . import outsourcing_concealed_workflow
from . import concealed_no_show
from . import concealed_draft
