from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

_FIELDS = ("title", "kind", "date", "place", "reason", "location_id", "late_reason")


class OutsourcingVariation(models.Model):
    """What the portal calls, and what staff enters from paper. ``self`` carries the acting person."""

    _inherit = "outsourcing.variation"

    @api.model
    def _get_portal_domain(self):
        """Return the domain of the portal's list; the record rules do the rest."""
        return []

    @api.model
    def _portal_create(self, contract, vals):
        """Begin a variation as the contractor.

        :param contract: the contract, with the portal user's environment
        :param dict vals: ``community_id`` and the keys of :meth:`_portal_save`
        :return: the draft, which only its author sees
        """
        contract = contract.with_env(self.env)
        contract.check_access("read")
        contract._require_contractor()
        values = self._prepare_portal_vals(vals)
        if not values.get("title"):
            raise UserError(self.env._("Write in a few words what it is about."))
        if vals.get("community_id"):
            values["community_id"] = vals["community_id"]
        # the party was checked; the constraints check contract, community and day
        variation = self.sudo().create({**values, "contract_id": contract.id})
        return variation.sudo(False)

    def _portal_save(self, vals, lines=None):
        """Store the draft.

        :param dict vals: any of title, kind, date, place, reason, location_id, late_reason
        :param list lines: dicts with ``item_id`` or ``name``, ``uom_id`` and ``price_unit``, and
            ``quantity``; they replace the present ones
        """
        self.ensure_one()
        variation = self._get_own_draft()
        values = self._prepare_portal_vals(vals)
        if lines is not None:
            commands = [Command.create(self._prepare_portal_line_vals(line)) for line in lines]
            values["line_ids"] = [Command.clear(), *commands]
        variation.write(values)
        variation._ask_to_allow_late()

    def _portal_submit(self, signature, signer_name):
        """Hand in the variation with the contractor's signature."""
        self.ensure_one()
        variation = self._get_own_draft()
        signer_name = (signer_name or "").strip()
        if not signature or not signer_name:
            raise UserError(self.env._("Please sign and write your name."))
        amendments = self.env["outsourcing.contract.amendment"]
        vals = {
            "signature": amendments._clean_signature(signature),
            "signer_id": self.env.user.partner_id.id,
            "signer_name": signer_name,
        }
        variation._gated().write(vals)
        self._transition_to("submitted")

    def _portal_discard(self):
        """Throw away a draft that was never handed in and carries no photo."""
        self.ensure_one()
        variation = self._get_own_draft()
        if variation.evidence_count:
            raise UserError(
                self.env._("%s carries photos and cannot be thrown away.", variation.display_name)
            )
        variation.unlink()

    def _sign_on_paper(self, signer, files):
        self._add_evidence(files, caption=self.env._("Signed sheet"), is_paper=True)
        self._gated().write({"is_paper": True, "signer_id": signer.id, "signer_name": signer.name})
        self._transition_to("submitted")

    def _get_own_draft(self):
        """Return ``self`` in sudo after checking that the contractor's author acts on a draft."""
        self.check_access("read")
        self._require_contractor()
        variation = self.sudo()  # access and party were checked
        if variation.state != "draft":
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s and can no longer be changed.",
                    record=variation.display_name,
                    state=variation._get_state_label(),
                )
            )
        if variation.user_id != self.env.user:
            raise UserError(self.env._("Only the author of this draft may change it or hand it in."))
        return variation

    @api.model
    def _prepare_portal_vals(self, vals):
        """Return what a client may set, as values of the variation."""
        return {name: vals[name] for name in _FIELDS if name in vals}

    def _prepare_portal_line_vals(self, line):
        """Return the values of one quantity; the price of an item is the contract's."""
        if line.get("item_id"):
            return {"item_id": line["item_id"], "quantity": line["quantity"]}
        return {name: line[name] for name in ("name", "uom_id", "price_unit", "quantity") if line.get(name)}
