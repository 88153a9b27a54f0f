from . import award
from . import card
from . import evaluation
from . import vote
from . import satisfaction
from . import survey
from . import evaluation_export
