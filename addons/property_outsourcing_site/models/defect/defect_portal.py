from odoo import api, models
from odoo.exceptions import AccessError, UserError


class OutsourcingDefect(models.Model):
    """What the portal calls. ``self`` carries the portal user: ``browse(id).with_user(request.env.user)``."""

    _inherit = "outsourcing.defect"

    @api.model
    def _get_portal_domain(self):
        """Return the domain of the portal's list; the record rules do the rest."""
        return []

    @api.model
    def _portal_report(self, contract, vals, files=None):
        """Hand in a problem feedback form (问题反馈表) as the contractor.

        :param contract: the contract, with the portal user's environment
        :param dict vals: ``description`` and any of ``community_id``, ``equipment_id``, ``location_id``,
            ``severity``
        :param list files: photos of the state as found, (file name, bytes)
        :return: the defect
        """
        contract = contract.with_env(self.env)
        contract.check_access("read")
        contract_sudo = contract.sudo()  # parties and state only; read access was checked
        self._check_firm(contract_sudo.contractor_id)
        if contract_sudo.state != "active":
            raise UserError(self.env._("The contract %s is not active.", contract_sudo.display_name))
        if not (vals.get("description") or "").strip():
            raise UserError(self.env._("Describe the problem."))
        allowed = ("description", "community_id", "equipment_id", "location_id", "severity")
        # sudo: firm and state were checked above
        defect = self.sudo().create(
            {
                **{key: vals[key] for key in allowed if vals.get(key)},
                "contract_id": contract.id,
                "found_by": "contractor",
            }
        )
        if files:
            defect.sudo(False)._add_photos(files, "before")
        return defect.sudo(False)

    @api.model
    def _portal_report_for_owners(self, contract, community_id, vals, files=None):
        """Report a problem as an owners' representative; the supervisor decides what follows.

        :param contract: a running contract that serves the community; its page is not for representatives
        :param int community_id: the community, which the acting person represents
        :param dict vals: ``description`` and any of ``location_id``, ``severity``
        :param list files: photos of the state as found, (file name, bytes)
        :return: the defect
        :raise UserError: nothing is described, or the contract does not serve the community
        """
        if community_id not in self.env.user._get_represented_community_ids():
            raise AccessError(self.env._("You do not represent the owners of this community."))
        contract_sudo = contract.sudo()  # which communities it serves, and whether it runs
        if contract_sudo.state != "active" or community_id not in contract_sudo.community_ids.ids:
            raise UserError(self.env._("Choose which service of your community it is about."))
        if not (vals.get("description") or "").strip():
            raise UserError(self.env._("Describe the problem."))
        # sudo: the person represents the community, the contract serves it
        defect = self.sudo().create(
            {
                **{key: vals[key] for key in ("description", "severity") if vals.get(key)},
                "contract_id": contract.id,
                "community_id": community_id,
                "found_by": "owners",
            }
        )
        if files:
            defect.sudo(False)._add_photos(files, "before")
        return defect.sudo(False)

    def _portal_rectify(self, note, files, performer=None):
        """Report that the defect is rectified.

        :param str note: what was done
        :param list files: photos taken afterwards, (file name, bytes); at least one
        :param performer: the person of the firm who did it (res.partner)
        """
        self.ensure_one()
        self.check_access("read")
        defect = self.sudo()  # parties and state only; read access was checked
        self._check_firm(defect.contractor_id)
        if defect.state == "rectified":
            defect._raise_already_submitted(defect.date_rectified, defect.rectified_by_id)
        if defect.state != "assigned":
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s and cannot be rectified.",
                    record=defect.name,
                    state=self._get_state_label(defect.state),
                )
            )
        performer = performer or self.env.user.partner_id
        self._check_performers(performer, defect.contractor_id)
        if files:
            self._add_photos(files, "after", performer)
        self._gated().write({"rectification_note": note, "performer_id": performer.id})
        self._transition_to("rectified")
