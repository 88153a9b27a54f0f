"""The author of evidence reads it by its document, as everybody does."""

from odoo.api import SUPERUSER_ID, Environment


def migrate(cr, version):
    env = Environment(cr, SUPERUSER_ID, {})
    name = "property_outsourcing_portal.outsourcing_evidence_rule_portal_author"
    if rule := env.ref(name, raise_if_not_found=False):
        rule.unlink()
