"""The rooms in their order; a room names only models of rooms before it."""

from . import catalogue
from . import complaint
from . import dispatch
from . import callback
from . import figures
from . import resident
