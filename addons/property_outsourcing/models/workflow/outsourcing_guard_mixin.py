from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

# Compared by identity: an RPC client can send any key and any value, but never this object.
GATE_KEY = "outsourcing_workflow_gate"
GATE = object()


def open_gate(records):
    """Return ``records`` in sudo with the gate open. For module code only, after the actor was checked.

    The client's ``default_<field>`` keys stay outside: what module code creates is what module code says.
    """
    context = {**clean_context(records.env.context), GATE_KEY: GATE}
    return records.sudo().with_context(context)  # pylint: disable=context-overridden


def is_gate_open(env):
    """Return whether module code, not a client, is writing."""
    return env.context.get(GATE_KEY) is GATE


def is_uninstalling(env):
    """Return whether the module is really being removed: a client sends the flag, not an unready registry."""
    return bool(env.context.get(MODULE_UNINSTALL_FLAG)) and not env.registry.ready


class OutsourcingGuardMixin(models.AbstractModel):
    """Values no client may send: what is computed, and what the workflow stamps.

    ``readonly`` guards views only; the ORM takes a stored computed field from any ``write``.
    """

    _name = "outsourcing.guard.mixin"
    _description = "Values that no client may send"

    _stamped_fields = ()  # who, when and results, written by the workflow alone

    @api.model_create_multi
    def create(self, vals_list):
        if is_gate_open(self.env):
            return super().create(vals_list)
        derived = self._get_derived_fields()
        if self.env.su:
            # module code says what it stamps, the defaults of the client who set it going do not
            clean = self._without_defaults(derived.union(self._stamped_fields))
            return super(OutsourcingGuardMixin, clean).create(vals_list)
        self._check_nothing_stamped(vals_list)
        clean = self._without_defaults(derived)
        vals_list = [{name: vals[name] for name in vals if name not in derived} for vals in vals_list]
        records = super(OutsourcingGuardMixin, clean).create(vals_list)
        # once more on the result: defaults kept in the database do not show before
        if any(record[name] for record in records.sudo() for name in self._stamped_fields):
            self._raise_stamped(self._stamped_fields)
        return records

    def write(self, vals):
        if not is_gate_open(self.env):
            names = set(self._stamped_fields)
            if not self.env.su:
                names |= self._get_derived_fields()
            if names & set(vals):
                self.check_access("write")  # a stranger learns nothing
                self._raise_stamped(names & set(vals))
        return super().write(vals)

    @api.model
    def _check_nothing_stamped(self, vals_list):
        # before anything is stored: a planted reference may not even exist
        defaults = {name: self.env.context.get(f"default_{name}") for name in self._stamped_fields}
        for vals in (*vals_list, defaults):
            if any(vals.get(name) for name in self._stamped_fields):
                self._raise_stamped(self._stamped_fields)

    @api.model
    def _without_defaults(self, names):
        hidden = {f"default_{name}" for name in names}
        context = {key: value for key, value in self.env.context.items() if key not in hidden}
        return self.with_context(context)  # pylint: disable=context-overridden

    @api.model
    def _get_derived_fields(self):
        """Return the names of the stored fields that follow from others."""
        return {
            name for name, field in self._fields.items() if field.store and field.compute and field.readonly
        }

    def _raise_stamped(self, names):
        labels = ", ".join(self._fields[name]._description_string(self.env) for name in sorted(names))
        raise UserError(self.env._("These values are written by the system alone: %s.", labels))
