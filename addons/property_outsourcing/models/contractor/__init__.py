"""Firms and their people, documents and compliance, status and why, merging.

Uses the organisation and the rooms before it.
"""

from . import (
    outsourcing_compliance,
    compliance_query,
    outsourcing_contractor_history,
    outsourcing_document,
    document_validity,
    document_verification,
    document_renewal,
    outsourcing_document_type,
    document_reminder,
    document_safety_letter,
    outsourcing_signed_mixin,
    res_partner,
    res_partner_status,
    base_partner_merge,
    outsourcing_partner_merge,
    res_partner_compliance,
    res_partner_credit_code,
    res_partner_import,
    res_partner_name,
    res_partner_named,
    res_partner_portal,
    res_partner_sanction,
    res_company,
    res_config_settings,
    res_users,
    res_partner_payee,
    res_partner_person,
)
from . import contractor_papers
