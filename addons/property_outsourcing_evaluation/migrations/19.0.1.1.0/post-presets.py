from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

MODULE = "property_outsourcing_evaluation"
# what came with the add-on after it could be installed already: model, domain, file
PRESETS = [
    ("survey.survey", [("is_outsourcing_household", "=", True)], "data/survey_household_data.xml"),
    ("outsourcing.card.rule", [], "data/outsourcing_card_rule_data.xml"),
]


def migrate(cr, version):
    """Load the presets a database has none of: an update creates none, that deleted ones stay deleted."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model, domain, path in PRESETS:
        if not env[model].with_context(active_test=False).search_count(domain, limit=1):
            convert_file(env, MODULE, path, {}, mode="init", noupdate=True)
