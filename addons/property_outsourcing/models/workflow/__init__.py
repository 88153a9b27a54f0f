from . import ir_cron
from . import res_company, res_config_settings
from . import mail_activity
from . import outsourcing_event_mixin
from . import outsourcing_batch_mixin
from . import outsourcing_guard_mixin
from . import outsourcing_missing_mixin
from . import outsourcing_workflow_mixin
from . import outsourcing_file_owner_mixin
from . import ir_attachment
