"""The trade's units: core's get their spellings, the workload of a scope line counts in a unit."""

from odoo.api import SUPERUSER_ID, Environment
from odoo.tools.convert import convert_file
from odoo.tools.sql import column_exists

CORE_UNITS = "data/outsourcing_uom_core_data.xml"


def migrate(cr, version):
    env = Environment(cr, SUPERUSER_ID, {})
    if not env.ref("uom.product_uom_square_meter").outsourcing_alias_ids:
        # an update of ours does not touch records of core
        convert_file(env, "property_outsourcing", CORE_UNITS, {}, mode="init", noupdate=True)
    if not column_exists(cr, "outsourcing_contract_scope", "unit"):
        return
    cr.execute("SELECT DISTINCT trim(unit) FROM outsourcing_contract_scope WHERE trim(unit) <> ''")
    for (written,) in cr.fetchall():
        unit = env["uom.uom"]._outsourcing_find(written) or env["uom.uom"].create(
            {"name": written, "outsourcing_alias_ids": [(0, 0, {"name": written})]}
        )
        cr.execute(
            "UPDATE outsourcing_contract_scope SET uom_id = %s WHERE trim(unit) = %s", (unit.id, written)
        )
