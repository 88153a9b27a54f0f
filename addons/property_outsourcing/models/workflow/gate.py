"""The key to what no client may write: an object of module code, which no RPC client can send.

It opens the writes of one model, and of whatever answers for itself only together with that one (lines).
"""

import functools

from odoo.tools.misc import clean_context

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

GATE_KEY = "outsourcing_gate"


class _Key:
    """Opens one model. Compared by its class, which no value a client sends can have."""

    def __init__(self, model):
        self.model = model


@functools.cache
def _get_key(model):
    """Return the one key of ``model``: Odoo looks for the environment of a context among all there are."""
    return _Key(model)


def open_gate(records):
    """Return ``records`` in sudo with their model's gate open. For module code, after the actor was checked.

    The client's ``default_<field>`` keys stay outside: what module code creates is what module code says.
    """
    context = {**clean_context(records.env.context), GATE_KEY: _get_key(records._name)}
    # sudo: callers have checked the actor, see above
    return records.sudo().with_context(context)  # pylint: disable=context-overridden


def open_gate_as_user(records):
    """Return ``records`` with their model's gate open, for core code that works in the user's rights."""
    return records.with_context(**{GATE_KEY: _get_key(records._name)})


def close_gate(records):
    """Return ``records`` with no gate open, for the hooks in which add-ons do what they want after a step."""
    return records.with_context(**{GATE_KEY: None})


def is_gate_open(records, *owners):
    """Return whether module code, not a client, is writing ``records``.

    :param owners: names of the models whose open gate is meant for these records as well: of the document
        whose lines they are, of the file that is asked about
    """
    key = records.env.context.get(GATE_KEY)
    return type(key) is _Key and key.model in (records._name, *owners)


def is_uninstalling(env):
    """Return whether the module is really being removed: a client sends the flag, not an unready registry."""
    return bool(env.context.get(MODULE_UNINSTALL_FLAG)) and not env.registry.ready
