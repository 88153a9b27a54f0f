"""Between the notice and the deadline: questions without names, numbered addenda. Uses the tender."""

from . import outsourcing_tender_question
from . import outsourcing_tender_addendum
from . import tender_dialogue
