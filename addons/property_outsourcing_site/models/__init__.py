from . import site_document_mixin
from . import checklist
from . import inspection
from . import defect
from . import log
from . import contract
from . import organisation
from . import standard
