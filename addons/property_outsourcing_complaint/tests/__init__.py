from . import test_complaint_access
from . import test_complaint_clock
from . import test_complaint_dispatch
from . import test_complaint_facts
from . import test_complaint_merge
from . import test_complaint_schedule
from . import test_complaint_workflow
