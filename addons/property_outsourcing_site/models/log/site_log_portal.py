from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

# what a construction log has beside them (施工日志)
_WORKS_FIELDS = ("temperature", "machinery", "material_arrivals", "safety_briefing")
_FIELDS = ("date", "headcount", "weather", "content", "problems", "task_id", "location_id", *_WORKS_FIELDS)
_LINKS = ("performer_ids", "equipment_ids", "inspection_ids")


class OutsourcingSiteLog(models.Model):
    """What the portal calls. ``self`` carries the portal user: ``browse(id).with_user(request.env.user)``."""

    _inherit = "outsourcing.site.log"

    @api.model
    def _get_portal_domain(self):
        """Return the domain of the portal's list; the record rules do the rest."""
        return []

    @api.model
    def _get_portal_evidence_domain(self):
        # a log given back is in the hands of its author again, as a draft is
        handed_in = Domain("state", "not in", ("draft", "returned"))
        domain = handed_in | Domain("user_id", "=", self.env.uid)
        return Domain(super()._get_portal_evidence_domain()) & domain

    @api.model
    def _portal_create(self, contract, vals, files=None):
        """Begin a log as the contractor.

        :param contract: the contract, with the portal user's environment
        :param dict vals: ``community_id`` and the keys of :meth:`_portal_save`
        :param list files: photos, (file name, bytes)
        :return: the draft, which only its author sees
        """
        contract = contract.with_env(self.env)
        contract.check_access("read")
        contract_sudo = contract.sudo()  # parties and state only; read access was checked
        self._check_firm(contract_sudo.contractor_id)
        if contract_sudo.state != "active":
            raise UserError(self.env._("The contract %s is not active.", contract_sudo.display_name))
        # sudo: firm and state were checked above
        log = self.sudo().create(
            {
                **self._prepare_portal_vals(vals),
                "contract_id": contract.id,
                "community_id": vals.get("community_id") or contract_sudo.community_id.id,
                "user_id": self.env.uid,
            }
        )
        log = log.sudo(False)
        if files:
            log._add_photos(files, "during")
        return log

    def _portal_save(self, vals, files=None, phase="during"):
        """Store the draft.

        :param dict vals: any of ``_FIELDS``, and lists
            of ids in performer_ids, equipment_ids, inspection_ids
        :param list files: photos, (file name, bytes)
        :param str phase: before, during or after
        """
        self.ensure_one()
        self.check_access("read")
        self._check_author()
        log = self.sudo()  # access and author were checked
        if log.state not in ("draft", "returned"):
            log._raise_already_submitted(log.date_submitted, log.submitted_by_id)
        log.write(self._prepare_portal_vals(vals))
        if files:
            performer = log.performer_ids[:1] or self.env.user.partner_id
            self._add_photos(files, phase, performer)

    def _portal_submit(self):
        """Hand in the log."""
        self.ensure_one()
        self._transition_to("submitted")

    def _portal_discard(self):
        """Throw away a draft that was never handed in and carries no photo."""
        self.ensure_one()
        self.check_access("read")
        self._check_author()
        if self.evidence_count:
            raise UserError(self.env._("%s carries photos and cannot be thrown away.", self.name))
        self.sudo().unlink()  # access and author were checked; the workflow refuses all but drafts

    @api.model
    def _prepare_portal_vals(self, vals):
        """Return what a client may set, as values of the log."""
        prepared = {key: vals[key] for key in _FIELDS if key in vals}
        prepared.update({key: [Command.set([int(i) for i in vals[key]])] for key in _LINKS if key in vals})
        for key, model in (("task_id", "project.task"), ("location_id", "outsourcing.location")):
            if prepared.get(key) and not self.env[model].browse(int(prepared[key])).has_access("read"):
                raise AccessError(self.env._("This does not belong to your contract."))
        return prepared
