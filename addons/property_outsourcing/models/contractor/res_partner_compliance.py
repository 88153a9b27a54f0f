from odoo import api, fields, models

# which states of a firm stand in the way of which purpose; a debt of ours does not end with a suspension
BLOCKING_STATES = {
    "award": (False, "candidate", "suspended", "blacklisted"),
    "activate": (False, "candidate", "suspended", "blacklisted"),
    "dispatch": (False, "candidate", "suspended", "blacklisted"),
    "pay": ("blacklisted",),
}
DOCUMENT_PURPOSES = ("award", "activate", "dispatch")


class ResPartner(models.Model):
    """May this firm be chosen, dispatched, paid?"""

    _inherit = "res.partner"

    # What a user has read through outsourcing_document_ids is cut to what he may see, and stays so in
    # the cache for sudo as well. A verdict needs all documents: they are searched as superuser, for a
    # whole batch at once.
    outsourcing_compliance_ids = fields.Many2many(
        "outsourcing.document",
        string="Documents looked at",
        compute="_compute_outsourcing_compliance_ids",
        compute_sudo=True,
        groups="base.group_system",
        export_string_translation=False,
    )

    @api.depends("outsourcing_document_ids.active")
    def _compute_outsourcing_compliance_ids(self):
        documents = dict(
            self.env["outsourcing.document"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["id:recordset"]
            )
        )
        for partner in self:
            partner.outsourcing_compliance_ids = documents.get(partner._origin, False)

    def _get_contractor_blockers(self, purpose, contract=None):
        """Tell what stands in the way of ``purpose`` for the contractors ``self``. Hook: extend super's list.

        Called for the records of one set in a loop, it costs no query per record.

        :param str purpose: award, activate, dispatch or pay
        :param contract: the contract it is for; then its required documents count, signed letters included
        :return: list of translated sentences, each naming the firm; empty when nothing stands in the way
        """
        blockers = []
        # a contractor's portal user or a supervisor may ask; sentences, not documents, are answered
        for partner in self.sudo().commercial_partner_id:
            blockers += partner._get_contractor_state_blockers(purpose)
            if purpose in DOCUMENT_PURPOSES:
                blockers += partner._get_contractor_document_blockers(contract and contract.sudo())
        return blockers

    def _get_performer_blockers(self, contract):
        """Tell which certificates the contract asks of people the person ``self`` does not hold today.

        :return: list of translated sentences
        """
        self.ensure_one()
        person = self.sudo()  # see _get_contractor_blockers
        held = self.env["outsourcing.document"].sudo().search([("person_id", "=", person.id)])
        blockers = []
        for document_type in contract.sudo().required_document_type_ids.filtered(
            lambda t: t.scope == "person"
        ):
            documents = held.filtered(lambda document, t=document_type: document.type_id == t)
            blockers += person._get_document_blockers(document_type, documents)
        return blockers

    def _get_contractor_state_blockers(self, purpose):
        """Return the sentences about the status of the firm ``self``."""
        self.ensure_one()
        state = self.outsourcing_state
        if state in BLOCKING_STATES[purpose]:
            return [self._get_contractor_state_sentence()]
        lapsed = self.outsourcing_state_until and self.outsourcing_state_until < fields.Date.context_today(
            self
        )
        if purpose != "pay" and state == "qualified" and lapsed:
            return [
                self.env._(
                    "%(contractor)s: the qualification lapsed on %(date)s.",
                    contractor=self.name,
                    date=self.outsourcing_state_until,
                )
            ]
        return []

    def _get_contractor_state_sentence(self):
        state = self.outsourcing_state
        reason = self.outsourcing_state_reason
        if state in ("suspended", "blacklisted") and reason and not self.env.user.share:
            return self.env._(
                "%(contractor)s is %(state)s: %(reason)s",
                contractor=self.name,
                state=self._get_outsourcing_state_label(state),
                reason=reason,
            )
        if state in ("suspended", "blacklisted"):
            return self.env._(
                "%(contractor)s is %(state)s.",
                contractor=self.name,
                state=self._get_outsourcing_state_label(state),
            )
        return self.env._("%(contractor)s is not a qualified contractor.", contractor=self.name)

    def _get_required_document_types(self, contract=None):
        """Return the document types asked of the firm ``self``, for ``contract`` when there is one."""
        self.ensure_one()
        if contract:
            return contract.required_document_type_ids
        required = self.outsourcing_service_type_ids.required_document_type_ids
        return required.filtered(lambda document_type: document_type.scope != "contract")

    def _get_contractor_document_blockers(self, contract=None):
        """Return the sentences about required documents the firm ``self`` does not have in force."""
        self.ensure_one()
        blockers = []
        for document_type in self._get_required_document_types(contract):
            documents = self.outsourcing_compliance_ids.filtered(
                lambda d, t=document_type: (
                    d.type_id == t and (t.scope != "contract" or d.contract_id == contract)
                )
            )
            blockers += self._get_document_blockers(document_type, documents)
        return blockers

    def _get_document_blockers(self, document_type, documents):
        """Return at most one sentence: why none of ``documents`` satisfies ``document_type`` for ``self``."""
        in_force = documents.filtered(lambda document: document._is_in_force())
        insured = in_force.filtered(
            lambda document: document.insured_amount >= document_type.min_insured_amount
        )
        if insured:
            return []
        names = {"contractor": self.name, "document": document_type.name}
        if in_force:
            return [
                self.env._(
                    "%(contractor)s: %(document)s is insured for less than %(amount)s.",
                    amount=f"{document_type.min_insured_amount:,.2f}",
                    **names,
                )
            ]
        states = set(documents.mapped("state"))
        if "unverified" in states:
            return [self.env._("%(contractor)s: %(document)s has not been verified.", **names)]
        if "upcoming" in states:
            return [self.env._("%(contractor)s: %(document)s is not yet in force.", **names)]
        if "expired" in states:
            date_end = max(document.date_end for document in documents if document.date_end)
            return [self.env._("%(contractor)s: %(document)s expired on %(date)s.", date=date_end, **names)]
        return [self.env._("%(contractor)s: %(document)s is missing.", **names)]
