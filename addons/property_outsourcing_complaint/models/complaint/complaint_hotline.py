from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OutsourcingComplaint(models.Model):
    """A case of the hotline 12345: its number, once, and by when it asks for the answer."""

    _inherit = "outsourcing.complaint"

    hotline_number = fields.Char("Number of 12345", copy=False, index="btree_not_null")
    date_hotline_due = fields.Datetime("Answer to 12345 by", copy=False)

    @api.constrains("channel", "hotline_number", "date_hotline_due", "date_received", "company_id")
    def _check_hotline(self):
        cases = self.filtered(lambda complaint: complaint.channel == "hotline")
        for complaint in cases:
            number, due = (complaint.hotline_number or "").strip(), complaint.date_hotline_due
            if not number or not due:
                raise ValidationError(
                    self.env._(
                        "Enter the number under which 12345 passed it on, and by when it asks for the answer."
                    )
                )
            if due <= complaint.date_received:
                raise ValidationError(self.env._("12345 asks for the answer after it was received."))
        cases._check_hotline_number()

    def _check_hotline_number(self):
        """Raise ValidationError where a case of 12345 was entered before; looked up once for all."""
        numbers = {complaint.hotline_number.strip() for complaint in self}
        domain = [("hotline_number", "in", list(numbers)), ("state", "not in", ("merged", "rejected"))]
        known = self.sudo().search(domain)  # which number it has, also in a community one does not see
        for complaint in self.sudo():  # the same
            for other in known - complaint:
                same = complaint.hotline_number.strip() == other.hotline_number
                if same and other.company_id == complaint.company_id:
                    raise ValidationError(
                        self.env._(
                            "Case %(case)s of 12345 is entered already: %(complaint)s.",
                            case=other.hotline_number,
                            complaint=other.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_hotline(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_hotline(vals))

    @api.model
    def _clean_hotline(self, vals):
        number = vals.get("hotline_number")
        return {**vals, "hotline_number": number.strip()} if isinstance(number, str) else vals
