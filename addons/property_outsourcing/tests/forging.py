"""Values that differ from what a record holds: a test that tries every field forgets none."""

from datetime import timedelta

from odoo import fields, models
from odoo.fields import Command


def get_forged_values(record, free=()):
    """Return a dict field name -> value that would change it, for all kept fields but the ``free`` ones.

    What lives beside a document (messages, activities) and fields no other value is known for are left out.
    """
    forged = {}
    for name, field in record._fields.items():
        if not (field.store or field.inverse) or name in free or name in models.MAGIC_COLUMNS:
            continue
        if name.startswith(("message_", "activity_", "website_message_", "rating_", "access_")):
            continue
        value = _get_other_value(record, field)
        if value is not None:
            forged[name] = value
    return forged


def _get_other_value(record, field):
    value = record[field.name]
    if field.type in ("float", "monetary", "integer"):
        return value + 1
    if field.type in ("char", "text", "html"):
        return "forged"
    if field.type == "boolean":
        return not value
    if field.type == "json":
        return {"1": 50.0}
    if field.type in ("date", "datetime"):
        return (value or fields.Date.today()) + timedelta(days=3)
    if field.type == "selection":
        others = [key for key in field.get_values(record.env) if key != value]
        return others[0] if others else None
    if field.relational:
        others = record.env[field.comodel_name].sudo().search([("id", "not in", value.ids)], limit=1)
        if not others:
            return None
        return others.id if field.type == "many2one" else [Command.link(others.id)]
    return None
