from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import clean_context

from ...tools import join_names

SYSTEM_KEY = "outsourcing_system_actor"


class _System:
    """Marks a model whose records are moved by a rule. Compared by its class, as the gate is."""

    def __init__(self, model):
        self.model = model


class OutsourcingWorkflowMixin(models.AbstractModel):
    _name = "outsourcing.workflow.mixin"
    _description = "Guarded state transitions"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.batch.mixin", "outsourcing.missing.mixin"]

    _state_field = "state"
    _frozen_fields = {}  # state -> fields that may not change in it; "*": all but the free ones
    _deletable_states = ("draft",)

    @api.model
    def _get_transitions(self):
        """Return the steps: dict target -> states it is reached from. Hook: add to super's."""
        return {}

    @api.model
    def _get_free_fields(self):
        """Return the names of fields that stay editable where a state freezes "*". Hook: add to super's."""
        return set()

    # ---- CRUD gates -------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_created_state()
        return records

    def write(self, vals):
        if not self._is_gate_open():
            self.check_access("write")  # a stranger learns nothing about the state
            self._check_state_untouched(vals)
            self._check_not_frozen(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_in_process(self):
        for record in self:
            if record[self._state_field] not in self._deletable_states:
                raise UserError(
                    self.env._(
                        "%(record)s is %(state)s and can no longer be deleted.",
                        record=record.display_name,
                        state=record._get_state_label(),
                    )
                )

    # ---- transitions ------------------------------------------------------------------------------------

    def _transition_to(self, target):
        """Move ``self`` to the state ``target``.

        :raise AccessError: the user is not the one who may take this step
        :raise UserError: a record may not leave its present state, or a rule of the trade vetoes
        """
        self._check_actor(target)
        context = clean_context(self.env.context)  # the client's defaults stay outside
        # sudo: _check_actor has checked who asks, and sudo keeps env.user
        records = self.sudo().with_context(context)  # pylint: disable=context-overridden
        records._check_source_state(target)
        records._check_duties(target)
        records._check_nothing_missing(target)
        records._check_transition(target)
        for part in records._split_for_transition(target):
            part._gated().write({self._state_field: target, **part._prepare_transition_vals(target)})
        records._after_transition(target)

    def _check_actor(self, target):
        """Raise AccessError unless ``env.user`` may move ``self`` to ``target``. Hook: call super first."""
        self.check_access("read")

    def _check_transition(self, target):
        """Raise UserError to veto the move of ``self`` (in sudo) to ``target``. Hook: call super first."""

    def _split_for_transition(self, target):
        """Return the parts of ``self`` that are stamped alike on their way to ``target``. Hook.

        :return: recordsets that make up ``self``; :meth:`_prepare_transition_vals` is asked for each
        """
        return [self] if self else []

    def _prepare_transition_vals(self, target):
        """Return the values written together with the state: who and when. Hook: extend super's dict."""
        return {}

    def _after_transition(self, target):
        """Carry out the effects of having reached ``target`` (in sudo): facts, messages. Hook: call super."""

    # ---- helpers ----------------------------------------------------------------------------------------

    def _as_system(self):
        """Return ``self`` marked as moved by a schedule or a rule (deemed consent), not by a person."""
        return self.with_context(**{SYSTEM_KEY: _System(self._name)})

    def _is_system_actor(self):
        mark = self.env.context.get(SYSTEM_KEY)
        return type(mark) is _System and mark.model == self._name

    def _require_contractor(self):
        """Raise AccessError unless the acting person belongs to the contractor of every record."""
        firm = self.env.user.partner_id.commercial_partner_id
        # sudo: reads the party only
        if not self.env.user._is_superuser() and all(r.contractor_id == firm for r in self.sudo()):
            return  # sudo reads the party only
        raise AccessError(self.env._("Only the contractor of this document may take this step."))

    def _get_state_label(self, state=None):
        self.ensure_one()
        labels = dict(self._fields[self._state_field]._description_selection(self.env))
        state = state or self[self._state_field]
        return labels.get(state, state)

    def _check_source_state(self, target):
        sources = self._get_transitions().get(target, ())
        for record in self:
            if record[self._state_field] not in sources:
                raise UserError(
                    self.env._(
                        "%(record)s is %(state)s and cannot become %(target)s.",
                        record=record.display_name,
                        state=record._get_state_label(),
                        target=record._get_state_label(target),
                    )
                )

    def _check_created_state(self):
        if self._is_gate_open():
            return
        initial = self._get_initial_state()
        if any(record[self._state_field] != initial for record in self):
            raise ValidationError(
                self.env._("A new %s always starts at its first state.", self._get_model_label())
            )

    def _get_initial_state(self):
        """Return the state every new record has. A default sent in the context does not count."""
        selection = self._fields[self._state_field].get_values(self.env)
        return selection[0]

    @api.model
    def _get_model_label(self):
        return self.env["ir.model"]._get(self._name).name

    def _check_state_untouched(self, vals):
        if self._state_field in vals and any(r[self._state_field] != vals[self._state_field] for r in self):
            raise UserError(self.env._("The state changes only through the buttons of the workflow."))

    def _check_not_frozen(self, vals):
        for record in self:
            frozen = record._get_frozen_fields() & set(vals)
            changed = [name for name in frozen if record._is_changed(name, vals[name])]
            if changed:
                raise UserError(
                    self.env._(
                        "%(record)s is %(state)s: %(fields)s can no longer be changed.",
                        record=record.display_name,
                        state=record._get_state_label(),
                        fields=join_names(
                            self.env, [record._fields[name]._description_string(self.env) for name in changed]
                        ),
                    )
                )

    def _get_frozen_fields(self):
        """Return the set of field names that may not change in the present state."""
        self.ensure_one()
        state = self[self._state_field]
        names = self._frozen_fields.get(state, ())
        open_in = self._get_open_states()
        free = self._get_free_fields()
        closed = {name for name, states in open_in.items() if state not in states}
        if "*" in names:
            # chatter, activities and access tokens live on their own; only our own stored fields freeze
            return {
                name
                for name, field in self._fields.items()
                if field.store
                and (
                    not field.compute or not field.readonly
                )  # a default that people may overwrite freezes too
                and field.type != "one2many"  # lines answer for themselves
                and name not in free
                and (name in closed or name not in open_in)
                and name not in models.MAGIC_COLUMNS
                and not name.startswith(("message_", "activity_", "access_", "website_message_"))
                and field._module not in ("mail", "portal", "rating")
            }
        return set(names) | closed

    @api.model
    def _get_open_states(self):
        """Return which reasons and remarks are written before the step they explain. Hook: add to super's.

        :return: dict field name -> states in which it may be written. In every other state it is frozen: the
            reason of a decision stays as it was when the decision was taken.
        """
        return {}

    # ---- steps with a reason ----------------------------------------------------------------------------

    @api.model
    def _get_reasoned_steps(self):
        """Return the steps that are taken together with their reason. Hook: add to super's dict.

        :return: dict code -> (label, name of the private method that takes the step and checks who acts; its
            one argument is the reason, not empty)
        """
        return {}

    def _ask_reason(self, step, target):
        """Return the action of the dialogue that asks for the reason and then takes ``step``.

        :param str target: the state the step leads to
        :raise AccessError, UserError: the user or the present state does not allow it; said before asking
        """
        self._check_actor(target)
        self._check_source_state(target)
        return self._open_reason_dialogue(step)

    def _open_reason_dialogue(self, step):
        """Return the action of the dialogue that asks for the text of a reasoned ``step``."""
        return {
            "type": "ir.actions.act_window",
            "name": self._get_reasoned_steps()[step][0],
            "res_model": "outsourcing.step.reason",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_record_ids": self.ids,
                "default_step": step,
            },
        }

    def _take_reasoned_step(self, step, reason):
        """Take ``step`` for the ``reason`` the acting person wrote.

        :raise UserError: no such step, no reason, or a rule of the step vetoes
        """
        if step not in self._get_reasoned_steps():
            raise UserError(self.env._("This step does not exist."))
        if not (reason or "").strip():
            raise UserError(self.env._("Write the reason of the decision first."))
        return getattr(self, self._get_reasoned_steps()[step][1])(reason.strip())

    def _is_changed(self, name, value):
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return bool(value)
        old = self[name]
        new = field.convert_to_record(field.convert_to_cache(value, self, validate=False), self)
        return old != new
