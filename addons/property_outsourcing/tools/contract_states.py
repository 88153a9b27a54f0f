"""States of a contract that rules in every room ask for together."""

# performed, or resting for a while: bound in any case
RUNNING_STATES = ("active", "suspended")
CLOSED_STATES = ("completed", "closed", "terminated", "cancelled")
# work was done under it, if it has ended since or not
SERVED_STATES = (*RUNNING_STATES, "completed", "closed", "terminated")
