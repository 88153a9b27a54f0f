"""Work that will be covered: asked for, looked at, signed before it is. Uses the signing."""

from . import outsourcing_concealed_stage
from . import outsourcing_concealed_work
from . import outsourcing_concealed_workflow
from . import concealed_no_show
from . import concealed_draft
