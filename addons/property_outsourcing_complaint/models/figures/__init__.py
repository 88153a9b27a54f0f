"""How many, how long, how often returned: by place, firm, category and month. Uses the dispatch."""

from . import complaint_means
from . import outsourcing_complaint_figure
from . import figure_query
