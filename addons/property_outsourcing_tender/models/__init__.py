"""The rooms in their order; a room names only models of rooms before it."""

from . import way
from . import tender
from . import dialogue
from . import seal
from . import bid
from . import award
from . import bond
from . import notice
from . import links
