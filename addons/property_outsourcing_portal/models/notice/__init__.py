"""Short messages and letters about a step, by the channels of the company. Uses the shell."""

from . import notice_channel
from . import outsourcing_notice
from . import notice_sending
from . import outsourcing_message
from . import outsourcing_event_mixin
from . import outsourcing_workflow_mixin
from . import mail_thread
from . import notice_letters
from . import project_task_told
from . import res_company
from . import res_users
