"""A contractor's bank account changes on a document of its own, by two people.

Uses evidence, contractors and the rooms before them.
"""

from . import outsourcing_payee_change, payee_change_workflow, res_partner, res_partner_bank
