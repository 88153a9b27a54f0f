"""Portal users read evidence by its document; the rules by firm and by community go."""

from odoo.api import SUPERUSER_ID, Environment

OLD_RULES = ("outsourcing_evidence_rule_portal_contractor", "outsourcing_evidence_rule_portal_representative")


def migrate(cr, version):
    env = Environment(cr, SUPERUSER_ID, {})
    for name in OLD_RULES:
        if rule := env.ref(f"property_outsourcing.{name}", raise_if_not_found=False):
            rule.unlink()
