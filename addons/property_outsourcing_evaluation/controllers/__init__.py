from . import card
from . import evaluation
