import base64

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.property_outsourcing_portal.models.invitation.qr_code import make_qr_code


class OutsourcingTender(models.Model):
    """The notice and the award of a public tender, on a page without login."""

    _inherit = "outsourcing.tender"

    @api.model
    def _get_notice_domain(self):
        """Return which tenders everybody may read about: public ones that were published."""
        return Domain("way_kind", "=", "public") & Domain("date_published", "!=", False)

    def _is_on_notice(self):
        self.ensure_one()
        return bool(self.filtered_domain(self._get_notice_domain()))

    def _get_notice_url(self):
        """Return the address of the public page."""
        self.ensure_one()
        return f"{self.get_base_url()}/outsourcing/notices/{self.id}"

    def _get_notice_qr(self):
        """Return the QR code of the public page as base64 of a PNG."""
        return base64.b64encode(make_qr_code(self._get_notice_url())).decode()

    def _get_bidder_papers(self):
        """Return the files that bidders read, those of addenda included (in sudo)."""
        self.ensure_one()
        tender = self.sudo()  # read access to the tender was checked by the page, or everybody reads it
        return tender.attachment_ids | tender._get_issued_addenda().attachment_ids

    def action_open_notice(self):
        """Open the public page of the tender."""
        self.ensure_one()
        self._check_on_notice()
        return {"type": "ir.actions.act_url", "url": f"/outsourcing/notices/{self.id}", "target": "new"}

    def action_print_notice(self):
        """Print the notice with its QR code, to hang it up."""
        self._check_on_notice()
        return self.env.ref("property_outsourcing_tender.report_tender_notice").report_action(self)

    def _check_on_notice(self):
        for tender in self:
            tender.check_access("read")
            if not tender._is_on_notice():
                raise UserError(self.env._("Only a public tender that is published has a public page."))
