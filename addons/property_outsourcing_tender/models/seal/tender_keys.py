from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint

from ..tender.tender_workflow import MANAGER
from ..way.outsourcing_tender_way import SEALS
from .envelope import WrongPassphrase, make_keys, unwrap

LEAST_LENGTH = 10  # of a passphrase
MOST_OPENERS = 7


class OutsourcingTender(models.Model):
    """Encrypted tenders: nobody opens an envelope without the passphrases of enough openers."""

    _inherit = "outsourcing.tender"

    seal_mode = fields.Selection(
        SEALS,
        "Seal",
        compute="_compute_seal_mode",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="By access: rules hide bids from everybody in the house. Encrypted: their content is not even "
        "in the database in clear; several openers type their passphrases at the opening.",
    )
    seal_way_id = fields.Many2one(
        "outsourcing.tender.way",
        "Way the Seal Follows",
        compute="_compute_seal_mode",
        store=True,
        precompute=True,
        ondelete="restrict",
    )  # of which the seal was taken: what was chosen by hand stays until another way is
    key_ids = fields.One2many("outsourcing.tender.key", "tender_id", readonly=True, copy=False)
    has_key = fields.Boolean(compute="_compute_has_key")

    @api.depends("way_id")
    def _compute_seal_mode(self):
        for tender in self:
            way = tender.way_id
            followed = tender.seal_mode and tender.seal_way_id == way  # asked anew with each amount of a lot
            if tender.state in (False, "draft") and not followed:
                tender.seal_mode, tender.seal_way_id = way.seal_mode or "access", way
            else:
                tender.seal_mode, tender.seal_way_id = tender.seal_mode or "access", tender.seal_way_id

    @api.depends("key_ids")
    def _compute_has_key(self):
        for tender in self:
            tender.has_key = bool(tender.sudo().key_ids)  # whether there is one

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"key_ids"}

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "published" and self.seal_mode == "encrypted" and not self.key_ids:
            points.append(MissingPoint(self.env._("The openers have to set their passphrases first."), self))
        return points

    def action_open_keys(self):
        """Open the page on which the openers type their passphrases, to make the key or to open the bids."""
        self.ensure_one()
        self.check_access("read")
        page = "keys" if self.state == "draft" else "open"
        return {
            "type": "ir.actions.act_url",
            "url": f"/outsourcing/tender/{self.id}/{page}",
            "target": "self",
        }

    def _get_opener_candidates(self):
        """Return who may be an opener: the staff that may open."""
        group = self.env.ref("property_outsourcing.group_outsourcing_user")
        return group.sudo().all_user_ids.filtered(  # names of colleagues
            lambda user: not user.share and self.company_id in user.company_ids
        )

    def _make_keys(self, passphrases, need):
        """Make the key pair of the draft ``self``.

        :param dict passphrases: opener (``res.users``) -> what that person typed
        :param int need: how many of them open
        """
        self.ensure_one()
        self._require_group(MANAGER)
        self.check_access("write")
        if self.state != "draft" or self.seal_mode != "encrypted":
            raise UserError(self.env._("Passphrases are set for an encrypted tender before its publication."))
        texts = list(passphrases.values())
        if not 2 <= len(texts) <= MOST_OPENERS or not 2 <= need <= len(texts):
            raise UserError(
                self.env._("Two to %s openers set a passphrase, and two of them at least open.", MOST_OPENERS)
            )
        if any(len(text) < LEAST_LENGTH for text in texts) or len(set(texts)) < len(texts):
            raise UserError(
                self.env._("Each opener types an own passphrase of %s characters or more.", LEAST_LENGTH)
            )
        if any(user not in self._get_opener_candidates() for user in passphrases):
            raise UserError(self.env._("Openers are people of the house who may open bids."))
        made = make_keys({user.id: text for user, text in passphrases.items()}, need)
        keys = self.env["outsourcing.tender.key"].sudo()  # the manager was checked above
        keys.search([("tender_id", "=", self.id)]).unlink()
        keys.create(
            {
                "tender_id": self.id,
                "opener_ids": [fields.Command.set([user.id for user in passphrases])],
                "need": need,
                "public_key": made["public"],
                "wrapped_key": {"salts": made["salts"], "wraps": made["wraps"]},
            }
        )

    def _unwrap_key(self, passphrases):
        """Return the private key, for the passphrases of enough openers. Wrong tries are counted.

        :param dict passphrases: opener (``res.users``) -> what that person typed
        """
        self.ensure_one()
        attempts = self.env["outsourcing.opening.attempt"].sudo()  # a count of wrong tries
        if attempts._is_blocked(self):
            raise UserError(self.env._("Too many passphrases were wrong. Try again in an hour."))
        if self.env.user not in passphrases or len(passphrases) < 2:
            raise AccessError(self.env._("You and another opener type your passphrases."))
        key = self.sudo().key_ids  # wrapped
        try:
            return unwrap(key.wrapped_key, {user.id: text for user, text in passphrases.items()})
        except WrongPassphrase:
            attempts._record(self, self.env.user)
            raise UserError(
                self.env._("A passphrase is wrong, or too few openers typed theirs. Nothing was opened.")
            ) from None
