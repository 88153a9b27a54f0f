import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import consteq

from ..complaint.outsourcing_complaint import ENDS
from ..complaint.outsourcing_complaint_reporter import STAFF


class OutsourcingComplaintReporter(models.Model):
    """The link with which a reporter follows the complaint; useless some days after the end."""

    _inherit = "outsourcing.complaint.reporter"

    token = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    link = fields.Char(
        "Link for the Resident",
        compute="_compute_link",
        groups=STAFF,
        help="Forward it to this person only: it shows what becomes of the report.",
    )

    @api.depends("is_erased", "complaint_id")
    def _compute_link(self):
        for reporter in self:
            token = reporter.sudo().token  # staff that reads the person may forward the link
            path = reporter.id and token and reporter._get_path(token)
            base = reporter.company_id.sudo().get_base_url() if path else ""  # the address of the site
            reporter.link = path and f"{base}{path}"

    @api.model_create_multi
    def create(self, vals_list):
        reporters = super().create(vals_list)
        for reporter in reporters.sudo():  # a link for each person whom the caller may enter
            reporter._gated().token = secrets.token_urlsafe(24)
        return reporters

    def _may_confirm(self):
        """Return whether the person (in sudo) says that it is right: who reported it or called."""
        self.ensure_one()
        return self.channel != "page" or self == self.complaint_id.reporter_ids.sorted("id")[:1]

    def _get_matter(self):
        """Return what the report (in sudo) is about; who joined with *me too* reads nobody else's words."""
        self.ensure_one()
        own = self.complaint_id
        is_first = self == own.reporter_ids[:1]
        return own.problem_id.name or (own.title if is_first else own.name)

    def _get_split(self):
        """Return the person's reports (in sudo) of second matters whose links are alive."""
        second = self.search([("split_from_id", "=", self.id)])
        return second.filtered(lambda row: row.token and row._is_link_valid())

    def _get_path(self, token):
        return f"/outsourcing/complaint/{self.id}/{token}"

    @api.model
    def _find(self, reporter_id, token):
        """Return the reporter (in sudo) of the link; empty if it is wrong, revoked or expired."""
        reporter = self.sudo().browse(reporter_id).exists()  # the token is the right to see it
        known = reporter.token or secrets.token_urlsafe(24)  # compared in either case, in the same time
        told = token if str(token).isascii() else ""
        if not consteq(known, told) or not reporter.token:
            return reporter.browse()
        return reporter if reporter._is_link_valid() else reporter.browse()

    def _is_link_valid(self):
        main = self.complaint_id.merged_into_id or self.complaint_id
        if main.state not in ENDS or not main.date_closed:
            return True
        days = main.company_id._get_outsourcing_setting("outsourcing_complaint_link_days")
        return fields.Datetime.now() < main.date_closed + timedelta(days=days)

    def action_revoke_link(self):
        """Make the links of these people useless at once."""
        self.check_access("write")
        self._gated().write({"token": False})

    def _erase(self):
        result = super()._erase()
        self._gated().write({"token": False})
        return result
