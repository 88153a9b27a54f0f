"""Guards on documents of Odoo itself: what a client may write is listed, everything else is refused.

A list of what may not be written is never complete: balance changes what quantity changes, a stored related
field what its source changes.
"""

from ...tools import join_names

# conversation, reminders and portal links live beside the document
_BESIDE = ("message_", "activity_", "website_message_", "rating_", "access_")


def get_changed_fields(record, vals, free):
    """Return the names in ``vals``, but for the ``free`` ones, whose value would change ``record``.

    :param set free: names of the fields anybody with access may write
    """
    return {
        name
        for name in set(vals) - set(free)
        if name in record._fields
        and not name.startswith(_BESIDE)
        # what is neither kept nor passed on is core's scratch paper
        and (record._fields[name].store or record._fields[name].inverse)
        and _is_changed(record, record._fields[name], vals[name])
    }


def _is_changed(record, field, value):
    if field.type == "many2many":
        return set(record[field.name].ids) != set(record.new({field.name: value})[field.name].ids)
    if field.type == "one2many":
        return bool(value)
    return record[field.name] != field.convert_to_record(
        field.convert_to_cache(value, record, validate=False), record
    )


def get_labels(model, names):
    """Return the labels of the fields ``names`` of ``model``, for the sentence of a refusal."""
    return join_names(model.env, sorted(model._fields[name]._description_string(model.env) for name in names))
