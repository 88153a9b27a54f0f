from . import site_document_mixin
from . import organisation
from . import standard
from . import checklist
from . import contract
from . import inspection
from . import defect
from . import log
