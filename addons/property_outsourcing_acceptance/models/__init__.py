from . import organisation
from . import signing
from . import milestone_document_mixin
from . import score
from . import concealed
from . import acceptance
from . import contract
