"""What is looked at on a visit, as data: checklists, items, kinds of work. Uses the base only."""

from . import outsourcing_work_kind
from . import outsourcing_checklist_item_mixin
from . import outsourcing_checklist
from . import outsourcing_checklist_item
