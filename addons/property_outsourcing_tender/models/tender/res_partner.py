from odoo import api, models


class ResPartner(models.Model):
    """May this firm bid? Candidates may: who wins is admitted before the contract is signed."""

    _inherit = "res.partner"

    @api.model
    def _get_blocking_states(self, purpose):
        if purpose == "tender":
            return (False, "suspended", "blacklisted")
        return super()._get_blocking_states(purpose)

    def _get_contractor_blockers(self, purpose, contract=None):
        blockers = super()._get_contractor_blockers(purpose, contract)
        if purpose == "tender":
            for firm in self.sudo().commercial_partner_id:  # sentences are answered, no documents
                blockers += firm._get_contractor_document_blockers(contract)
        return blockers

    def _get_tender_blockers(self, tender):
        """Tell what keeps the firm ``self`` from bidding for ``tender``: its state, papers that are asked.

        :return: list of translated sentences, each with a link to the document where it is one
        """
        self.ensure_one()
        firm = self.commercial_partner_id.sudo()  # sentences are answered, no documents
        tender = tender.sudo()  # the same
        asked = firm.with_company(tender.company_id)._with_asked_service(tender.service_type_id)
        blockers = asked._get_contractor_blockers("tender")
        for requirement in firm._get_tender_requirements(tender):
            blockers += firm._get_document_blockers(requirement, firm._get_documents_of(requirement))
        return list({str(blocker): blocker for blocker in blockers}.values())  # asked for by both: said once

    def _get_tender_requirements(self, tender):
        """Return what ``tender`` (in sudo) asks the firm ``self`` to have on file when it bids.

        :return: list of ``DocumentRequirement``; what is signed for the contract comes later
        """
        types = tender.required_document_type_ids
        asked = types._get_requirements(tender.service_type_id.requirement_ids, tender._get_worth())
        return [requirement for requirement in asked if requirement.document_type.scope != "contract"]

    def _get_tender_lacks(self, tender):
        """Return the documents the firm ``self`` has to hand in before it may bid for ``tender``.

        :return: dict document type (in sudo) -> (translated sentence, whether one waits to be verified)
        """
        self.ensure_one()
        firm, tender = self.commercial_partner_id.sudo(), tender.sudo()  # sentences are answered
        lacks = {}
        for requirement in firm._get_document_requirements() + firm._get_tender_requirements(tender):
            documents = firm._get_documents_of(requirement)
            waits = "unverified" in documents.mapped("state")
            for sentence in firm._get_document_blockers(requirement, documents):
                lacks.setdefault(requirement.document_type, (str(sentence), waits))
        return lacks
