from odoo import SUPERUSER_ID, api

CODES = {
    "outsourcing.location": ("barcode",),
    "maintenance.equipment": ("outsourcing_barcode", "outsourcing_registration_code"),
}


def migrate(cr, version):
    """Bring codes of labels into the form they are looked up in; one that would collide stays as it is."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for model, names in CODES.items():
        for record in env[model].search([]):
            for name in names:
                code = record[name]
                same = [("company_id", "=", record.company_id.id), (name, "=", code)]
                if code and not env[model].search_count([("id", "!=", record.id), *same], limit=1):
                    record[name] = code  # the field keeps it in its form
