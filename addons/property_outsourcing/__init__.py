from . import controllers, models, wizards
from .models.evidence.uninstall import remove_evidence as uninstall_hook
