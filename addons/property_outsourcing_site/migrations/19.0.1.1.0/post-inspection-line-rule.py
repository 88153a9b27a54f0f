"""Answers of an inspection are read once it is handed in, before by whoever gives them."""

from odoo.api import SUPERUSER_ID, Environment

DOMAIN = """
[
    '&',
    '|', ('inspection_id.state', '=', 'done'),
    '|', '&', ('inspection_id.state', '=', 'missed'),
    ('inspection_id.party_partner_id', '=', user.commercial_partner_id.id),
    '&', ('inspection_id.state', '=', 'in_progress'), ('inspection_id.started_by_id', '=', user.id),
    '|', '|', ('inspection_id.party_partner_id', '=', user.commercial_partner_id.id),
    ('contractor_id', '=', user.commercial_partner_id.id),
    ('community_id.representative_ids', 'in', user.partner_id.id),
]
"""


def migrate(cr, version):
    env = Environment(cr, SUPERUSER_ID, {})
    name = "property_outsourcing_site.outsourcing_inspection_line_rule_portal"
    if rule := env.ref(name, raise_if_not_found=False):
        rule.domain_force = DOMAIN.strip()
