from odoo import api, models
from odoo.exceptions import UserError

from ...tools import join_names
from .gate import is_gate_open, open_gate


class OutsourcingGuardMixin(models.AbstractModel):
    """Values no client may send: what is computed, and what the workflow stamps.

    ``readonly`` guards views only; the ORM takes a stored computed field from any ``write``.
    """

    _name = "outsourcing.guard.mixin"
    _description = "Values that no client may send"

    _fixed_fields = ()  # set with the record and never changed: the document it belongs to

    @api.model
    def _get_stamped_fields(self):
        """Return the names of who, when and results, written by the workflow alone. Hook: add to super's."""
        return set()

    def _gated(self):
        """Return ``self`` in sudo with the gate open. For module code only, after the actor was checked."""
        return open_gate(self)

    @api.model
    def _is_gate_open(self):
        """Return whether module code, not a client, is writing. Hook: which other gates open this model."""
        return is_gate_open(self)

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_gate_open():
            return super().create(vals_list)
        derived = self._get_derived_fields()
        if self.env.su:
            # module code says what it stamps, the defaults of the client who set it going do not
            clean = self._without_defaults(derived.union(self._get_stamped_fields()))
            return super(OutsourcingGuardMixin, clean).create(vals_list)
        self._check_nothing_stamped(vals_list)
        clean = self._without_defaults(derived)
        vals_list = [{name: vals[name] for name in vals if name not in derived} for vals in vals_list]
        records = super(OutsourcingGuardMixin, clean).create(vals_list)
        # once more on the result: defaults kept in the database do not show before
        if any(record[name] for record in records.sudo() for name in self._get_stamped_fields()):
            self._raise_stamped(self._get_stamped_fields())
        return records

    def write(self, vals):
        if not self._is_gate_open():
            names = self._get_stamped_fields()
            if not self.env.su:
                names |= self._get_derived_fields()
            if names & set(vals):
                self.check_access("write")  # a stranger learns nothing
                self._raise_stamped(names & set(vals))
            self._check_fixed(vals)
        return super().write(vals)

    def _check_fixed(self, vals):
        """Raise UserError where one of the fixed fields would change."""
        for name in set(self._fixed_fields) & set(vals):
            field = self._fields[name]
            if any(field.convert_to_write(record[name], record) != vals[name] for record in self):
                self._raise_stamped({name})

    @api.model
    def _check_nothing_stamped(self, vals_list):
        # before anything is stored: a planted reference may not even exist
        defaults = {name: self.env.context.get(f"default_{name}") for name in self._get_stamped_fields()}
        for vals in (*vals_list, defaults):
            if any(vals.get(name) for name in self._get_stamped_fields()):
                self._raise_stamped(self._get_stamped_fields())

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
        labels = join_names(
            self.env, [self._fields[name]._description_string(self.env) for name in sorted(names)]
        )
        raise UserError(self.env._("These values are written by the system alone: %s.", labels))
