"""What contracts, payment rows and facts know of acceptances. Uses all rooms before."""

from . import outsourcing_contract_milestone
from . import outsourcing_contract
from . import contract_open_points
from . import contract_articles
from . import outsourcing_fact
