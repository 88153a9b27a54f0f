from odoo import api, fields, models

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is mistaken for something else on paper
LENGTH = 10  # 31 ** 10: nobody guesses one of some thousands; drawn in round_start.py
CHANNELS = [
    ("page", "By the household itself"),
    ("paper", "Paper, typed in"),
    ("phone", "Telephone interview"),
]


class OutsourcingBallot(models.Model):
    """The one vote of a household. It says whether it was cast and how it came in, never what it said.

    No field tells when it was cast: with a time it could be laid beside the answers.
    """

    _name = "outsourcing.ballot"
    _description = "Ballot of a Household"
    _inherit = ["outsourcing.guard.mixin"]
    _log_access = False
    _order = "round_id, building_id, location_id, id"
    _rec_name = "location_id"

    round_id = fields.Many2one(
        "outsourcing.survey.round", required=True, readonly=True, index=True, ondelete="cascade"
    )
    building_id = fields.Many2one(
        "outsourcing.survey.building", required=True, readonly=True, index=True, ondelete="cascade"
    )
    location_id = fields.Many2one(
        "outsourcing.location", "Household", required=True, readonly=True, index=True, ondelete="restrict"
    )
    code = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    is_returned = fields.Boolean("Voted", readonly=True, copy=False)
    channel = fields.Selection(CHANNELS, "Came in by", readonly=True, copy=False)
    entered_by_id = fields.Many2one(
        "res.users", "Typed in by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    _household_uniq = models.UniqueIndex(
        "(round_id, location_id)", "The household has its ballot of this survey already."
    )
    _code_uniq = models.UniqueIndex("(code)", "Another household has this code.")
    _returned_idx = models.Index("(round_id) WHERE is_returned")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "round_id", "building_id", "location_id", "code", "is_returned", "channel", "entered_by_id",
        }  # fmt: skip

    @api.model
    def _normalise_ballot_code(self, typed):
        """Return the code that was typed, however it was grouped; None if it can be none."""
        code = "".join(sign for sign in str(typed or "").upper() if sign.isalnum())
        return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None

    @api.model
    def _find(self, typed):
        """Return the ballot (in sudo) of a code that was scanned or typed, or an empty recordset."""
        ballots = self.sudo()  # whoever holds the slip votes; nothing else follows from it
        code = self._normalise_ballot_code(typed)
        found = ballots.search([("code", "=", code)]) if code else ballots
        return found.filtered(lambda ballot: ballot.round_id.state != "draft")

    def _get_path(self):
        return f"/outsourcing/vote/{self.code}"
