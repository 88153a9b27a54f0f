import base64
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import format_money

from ..seal.envelope import hash_envelope, pack, seal
from .bid_drafting import DAYS_MAX, TEXTS

KEY_IN_HAND = "outsourcing_key_in_hand"
OFFERED = (*TEXTS, "tax_rate", "validity_days", "stated_total")


class KeyInHand:
    """The private key of one tender while its bids are opened. Only module code makes one."""

    def __init__(self, tender, private):
        self.tender_id, self.private = tender.id, private


class OutsourcingBid(models.Model):
    """The bid of an encrypted tender: one padded blob; nothing of its content is a value of a row or a file.

    A draft is saved whole and cannot be read again, not even by its bidder: nobody holds the key. The receipt
    covers the content with a random salt inside, which goes to the bidder alone, and the blob as stored.
    """

    _inherit = "outsourcing.bid"

    envelope = fields.Binary(attachment=True, copy=False, groups=fields.NO_ACCESS)
    has_envelope = fields.Boolean(readonly=True, copy=False)
    # from the opening on, to read the files inside; what opens the envelopes of other bids is kept nowhere
    envelope_key = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"envelope", "has_envelope", "envelope_key"}

    def _is_encrypted(self):
        return self.sudo().tender_id.seal_mode == "encrypted"  # how it is sealed, which the notice tells

    # ---- sealing ----------------------------------------------------------------------------------------

    def _portal_save(self, vals, prices, files):
        if not self._is_encrypted():
            return super()._portal_save(vals, prices, files)
        self.ensure_one()
        self._check_own_draft()
        bid = self._gated()  # checked above
        bid._check_content(vals, prices, files)
        salt = secrets.token_hex(32)
        offer = {
            "salt": salt,
            "vals": {name: vals[name] for name in OFFERED if name in vals},
            "prices": {str(item): repr(price) for item, price in prices.items()},
            "files": [[kind, name, len(data)] for kind, name, data in files],
        }
        content = pack(offer, [data for _kind, _name, data in files])
        blob = seal(bytes.fromhex(bid.tender_id.key_ids.public_key), content)
        bid.write(
            {
                "envelope": base64.b64encode(blob),
                "has_envelope": True,
                "receipt": hash_envelope(content, blob),
            }
        )
        return salt

    def _check_content(self, vals, prices, files):
        """Raise UserError that says all that is wrong, before anything is stored (in sudo)."""
        _, wrong, total = self.env._, [], 0.0
        for item in self.lot_id.item_ids:
            price = prices.get(item.id, 0.0)
            try:  # at the opening it is too late to say so
                self.line_ids._fields["price_unit"].check_kept(price, self.line_ids)
            except ValidationError as error:
                wrong.append(f"{item.display_name}: {error.args[0]}")
                continue
            total += self.currency_id.round(price * item.quantity)
            if price <= 0:
                wrong.append(_("%s: the price is missing.", item.display_name))
        ceiling = self.lot_id._get_ceiling()
        if ceiling and self.currency_id.compare_amounts(total, ceiling) > 0:
            wrong.append(_("The quote is above the ceiling price of %s.", format_money(self, ceiling)))
        if not self.tender_id.bid_validity_days <= vals.get("validity_days", 0) <= DAYS_MAX:
            wrong.append(_("The bid has to be valid for %s days.", self.tender_id.bid_validity_days))
        if not any(kind == "letter" for kind, _name, _data in files):
            wrong.append(_("The scan of the signed letter of tender is missing."))
        if wrong:
            raise UserError("\n".join(wrong))

    def _get_missing_content(self):
        if not self._is_encrypted():
            return super()._get_missing_content()
        sentence = self.env._("The envelope is empty: fill in and save the bid first.")
        return [] if self.has_envelope else [MissingPoint(sentence)]

    def _prepare_seal_vals(self):
        return {} if self._is_encrypted() else super()._prepare_seal_vals()


class OutsourcingTender(models.Model):
    _inherit = "outsourcing.tender"

    def _check_transition(self, target):
        super()._check_transition(target)
        key = self.env.context.get(KEY_IN_HAND)
        for tender in self if target == "opened" else ():
            held = type(key) is KeyInHand and key.tender_id == tender.id
            if tender.seal_mode == "encrypted" and not held:
                raise UserError(self.env._("Encrypted bids are opened with the passphrases of the openers."))

    def _open_with(self, passphrases):
        """Open the bids of the encrypted tender ``self`` with what its openers typed.

        :param dict passphrases: opener (``res.users``) -> passphrase; the acting person is one of them
        """
        self.ensure_one()
        self._check_may_open()
        private = self._unwrap_key(passphrases)
        others = self.env["res.users"].union(*passphrases) - self.env.user
        self._gated().write({"opener_id": others[:1].id})
        self.with_context(**{KEY_IN_HAND: KeyInHand(self, private)})._transition_to("opened")
        tender = self.sudo()  # the step was allowed
        names = ", ".join(self.env["res.users"].union(*passphrases).sudo().mapped("name"))  # of openers
        text = self.env._("Opened with the passphrases of %s.", names)
        if len(passphrases) < tender.key_ids.need:
            text += " " + self.env._("This was a recovery: %s openers were agreed.", tender.key_ids.need)
        tender.message_post(body=text, subtype_xmlid="mail.mt_note")
