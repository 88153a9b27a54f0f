"""The rooms in their order; a room names only models of rooms before it."""

from . import deadline
from . import scorecard
from . import evaluation
from . import survey
from . import card
from . import award
from . import links
