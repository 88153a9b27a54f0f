import base64
import re
import secrets

from odoo import api, fields, models

from odoo.addons.property_outsourcing_portal.models.invitation.qr_code import make_qr_code

POSTER = "/outsourcing/vote/at/"
NUMBER = re.compile(r"\d+")


class OutsourcingSurveyBuilding(models.Model):
    """The households of a building in a round: their slips are one sheet, their poster leads to one page."""

    _name = "outsourcing.survey.building"
    _description = "Building in a Satisfaction Survey"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "round_id, name, id"

    round_id = fields.Many2one(
        "outsourcing.survey.round", required=True, readonly=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="round_id.community_id", store=True, index=True)
    location_id = fields.Many2one(
        "outsourcing.location",
        "Building",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: rooms that lie in no building.",
    )
    name = fields.Char(required=True, readonly=True)
    code = fields.Char(
        readonly=True, copy=False, default=lambda self: secrets.token_urlsafe(12), groups="base.group_user"
    )
    ballot_ids = fields.One2many("outsourcing.ballot", "building_id", "Ballots")
    issued_count = fields.Integer("Issued", compute="_compute_counts")
    returned_count = fields.Integer("Returned", compute="_compute_counts")
    link = fields.Char("Page of the Poster", compute="_compute_link")
    qr_code = fields.Binary("QR Code", compute="_compute_link")

    _code_uniq = models.UniqueIndex("(code)", "Another building has this code.")
    _round_location_uniq = models.UniqueIndex(
        "(round_id, location_id) NULLS NOT DISTINCT", "The building is in this survey already."
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"round_id", "location_id", "name", "code"}

    def _get_ballots_by_room(self):
        """Return the ballots in the order in which people look for rooms: 201 before 1001."""
        return self.ballot_ids.sorted(
            lambda ballot: NUMBER.sub(lambda found: found.group().zfill(9), ballot.location_id.complete_name)
        )

    @api.depends("ballot_ids.is_returned")
    def _compute_counts(self):
        # sudo: how many, for whoever reads the survey
        rows = (
            self.env["outsourcing.ballot"]
            .sudo()
            ._read_group([("building_id", "in", self.ids)], ["building_id", "is_returned"], ["__count"])
        )
        counts = {(building.id, returned): count for building, returned, count in rows}
        for building in self:
            building.returned_count = counts.get((building.id, True), 0)
            building.issued_count = building.returned_count + counts.get((building.id, False), 0)

    @api.depends("code")
    def _compute_link(self):
        for building in self:
            company = building.community_id.company_id.sudo()  # the address of the site
            building.link = building.code and f"{company.get_base_url()}{POSTER}{building.code}"
            building.qr_code = building.link and base64.b64encode(make_qr_code(building.link))
