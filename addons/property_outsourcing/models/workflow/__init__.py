"""What every document builds on: guards, steps with reasons, batches, events, files that are kept.

Uses nothing of the suite.
"""

from . import ir_cron
from . import ir_http
from . import res_company, res_config_settings
from . import res_partner, resource_calendar
from . import mail_activity, ir_actions_report
from . import ir_model_data, kept_records
from . import outsourcing_event_mixin
from . import outsourcing_event_asked
from . import outsourcing_attempt_mixin
from . import outsourcing_batch_mixin
from . import outsourcing_hand_over
from . import outsourcing_in_use_mixin
from . import outsourcing_guard_mixin
from . import outsourcing_together_mixin
from . import outsourcing_pivot_mixin
from . import outsourcing_missing_mixin
from . import paper_mixin
from . import outsourcing_workflow_mixin
from . import workflow_talk
from . import outsourcing_workflow_line_mixin
from . import outsourcing_workflow_steps
from . import outsourcing_file_owner_mixin
from . import ir_attachment
