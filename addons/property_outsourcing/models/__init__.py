from . import workflow
from . import organisation
from . import contractor
from . import evidence
from . import performance
from . import contract
from . import dispatch
from . import purchase
