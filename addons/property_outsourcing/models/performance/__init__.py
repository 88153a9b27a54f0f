"""What happened under a contract and what follows: facts, clauses, penalties and rewards, what is payable.

Uses the contract and the rooms before it.
"""

from . import outsourcing_fact
from . import fact_report
from . import outsourcing_contract_rule
from . import contract_rule_cap
from . import contract_rule_print
from . import outsourcing_adjustment
from . import adjustment_proposal
from . import adjustment_case
from . import adjustment_manual
from . import adjustment_workflow
from . import adjustment_cap
from . import adjustment_pending
from . import adjustment_print
from . import outsourcing_contract_milestone
from . import outsourcing_contract
from . import contract_performance
from . import contract_penalty_cap
from . import contract_held_back
from . import contract_milestone_completion
from . import outsourcing_contract_deliverable
from . import outsourcing_document
