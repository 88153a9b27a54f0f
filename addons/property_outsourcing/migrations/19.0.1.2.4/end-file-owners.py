from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

OWNER = "outsourcing.file.owner.mixin"


def migrate(cr, version):
    """Give files chosen earlier to the record that has them, in all add-ons: only an owner is asked."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in sorted(env.registry.descendants([OWNER], "_inherit", "_inherits")):
        model = env[name]
        if model._abstract:
            continue
        for field in (model._fields[name] for name in sorted(model._get_file_fields())):
            cr.execute(
                SQL(
                    "UPDATE ir_attachment file SET res_model = %s, res_id = rel.%s FROM %s rel "
                    "WHERE rel.%s = file.id AND file.res_field IS NULL "
                    "AND (file.res_model IS NULL OR file.res_id IS NULL OR file.res_id = 0)",
                    model._name,
                    SQL.identifier(field.column1),
                    SQL.identifier(field.relation),
                    SQL.identifier(field.column2),
                )
            )
