from odoo import api, fields, models
from odoo.exceptions import UserError

from .step_refusal import ASKING, refuse_step


class OutsourcingWorkflowMixin(models.AbstractModel):
    """Who may take a step: the rule that refuses is the rule that shows the button, and it names who may."""

    _inherit = "outsourcing.workflow.mixin"

    _step_fields = ()  # besides the state: what decides about who may take the next step

    # the steps the acting person may take; whether all is there is asked with the step itself
    possible_steps = fields.Json(compute="_compute_possible_steps", export_string_translation=False)

    @api.depends(lambda self: (self._state_field, *self._step_fields))
    @api.depends_context("uid")
    def _compute_possible_steps(self):
        for record in self:
            record.possible_steps = [step for step in record._get_steps() if record._may_take(step)]

    def _get_steps(self):
        """Return the steps that lead on from the present state, whoever takes them. Hook: add to them.

        A step is a state, or a name that :meth:`_check_actor` and :meth:`_check_duties` know as well.
        """
        self.ensure_one()
        state = self[self._state_field]
        return [target for target, sources in self._get_transitions().items() if state in sources]

    def _may_take(self, step):
        """Return whether the acting person is one who takes ``step``, whatever the document lacks."""
        self.ensure_one()
        record = self.with_context(**{ASKING: True})
        try:
            record._check_actor(step)
            record.sudo()._check_duties(step)  # names of who has acted only
        except UserError:
            return False
        return True

    def _check_duties(self, step):
        """Raise UserError if the acting person may not take ``step`` because of an earlier one. Hook.

        Called on ``self`` in sudo, with the person still in ``env.user``; call super first.
        """

    # ---- refusals ---------------------------------------------------------------------------------------

    def _require_group(self, *xmlids):
        """Raise AccessError unless the acting person (or the system) is in one of the groups."""
        if self._is_system_actor():
            return
        user = self.env.user
        if not user._is_superuser() and any(user.has_group(xmlid) for xmlid in xmlids):
            return
        raise refuse_step(self.env, *xmlids, person=self._get_name_to_ask(xmlids[0]))

    def _require_other_person(self, *field_names, group=None):
        """Raise UserError if ``env.user`` is already named in one of the user fields: duties are separate.

        :param str group: external id of the group the other person has to belong to
        """
        for record in self.sudo():  # reading names only
            for name in field_names:
                if self.env.user in record[name]:
                    acted = record.env["res.users"].union(*(record[field] for field in field_names))
                    raise UserError(record._get_other_person_message(name, group, acted))

    def _get_other_person_message(self, name, group, acted):
        self.ensure_one()
        values = {
            "record": self.display_name,
            "user": self.env.user.name,
            "role": self._fields[name]._description_string(self.env),
            "asked": self._get_name_to_ask(group, acted),
        }
        if values["asked"]:
            return self.env._(
                "%(record)s: %(user)s has already acted as %(role)s; another person must take this step, "
                "%(asked)s for example.",
                **values,
            )
        return self.env._(
            "%(record)s: %(user)s has already acted as %(role)s; another person must take this step.",
            **values,
        )

    def _get_name_to_ask(self, group=None, excluded=None):
        """Return the name of the nearest person who may act instead; only for staff that reads this."""
        document = self[:1]
        if self.env.context.get(ASKING) or self.env.user.share or not document or not document.id:
            return False
        if not document.has_access("read"):
            return False
        excluded = self.env.user | (excluded or self.env["res.users"])
        return document._get_responsible_user(excluded, group).sudo().name  # a colleague's name
