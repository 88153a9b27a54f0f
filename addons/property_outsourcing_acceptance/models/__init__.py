from . import organisation
from . import signing
from . import score
from . import concealed
from . import acceptance
from . import contract
