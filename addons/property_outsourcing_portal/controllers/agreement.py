"""What contract and amendment have alike: signed or declined by the contractor."""

from odoo.http import request

from .mixin import OutsourcingPortalMixin


class OutsourcingAgreementMixin(OutsourcingPortalMixin):
    """Pages of a document that two parties sign; a subclass has the routes."""

    def _sign_agreement(self, record, sign, signature, signer_name):
        """Sign ``record`` for the contractor, as one of the people the contract names.

        :param sign: method of the document that takes the signature and the name
        """
        name = self._to_text(signer_name, 80)
        success = request.env._("Signed. Thank you.")
        return self._change(
            record, lambda: sign(self._to_signature(signature), name), success, {"signer_name": name}
        )

    def _decline_agreement(self, record, reason):
        """Decline to sign ``record``: it goes back to its author with the reason."""
        text = self._to_text(reason, 2000)
        success = request.env._("Your answer was sent; nothing is signed.")
        return self._change(
            record, lambda: record._portal_decline(text), success, {"reason": text}, self._get_list_url()
        )
