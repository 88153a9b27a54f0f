import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..seal.envelope import find_key, hash_envelope, unlock, unpack
from .bid_encryption import KEY_IN_HAND, OFFERED, KeyInHand
from .outsourcing_bid_file import FILE_KINDS

_logger = logging.getLogger(__name__)


class OutsourcingBid(models.Model):
    """The opening of envelopes: prices and texts become rows; the files stay inside and are read there.

    Each byte is decrypted and hashed once, so that opening hundreds of bids takes little more than that.
    """

    _inherit = "outsourcing.bid"

    def _unseal(self):
        encrypted = self.filtered(lambda bid: bid._is_encrypted())
        states = encrypted._open_envelopes() if encrypted else {}
        result = super()._unseal()
        for bid, state in states.items():
            if state != "same":
                bid._gated().write({"hash_state": "changed"})
            if state == "broken":
                reason = self.env._("The envelope was changed after it was handed in and cannot be opened.")
                bid._gated().write(bid._prepare_exclusion_vals(reason))
        return result

    def _is_as_submitted(self):
        return self._is_encrypted() or super()._is_as_submitted()  # judged where its envelope is opened

    def _open_envelopes(self):
        """Write what the envelopes of ``self`` (in sudo) hold into their rows.

        :return: dict bid -> ``same``, ``changed`` (not what the receipt was given for) or ``broken``
        """
        private = self._get_key_in_hand()
        states, offers = dict.fromkeys(self, "broken"), {}
        for bid, attachment in self._map_envelopes().items():
            try:
                blob = attachment.with_prefetch().raw  # megabytes each: one at a time
                offers[bid], states[bid] = bid._read_envelope(private, blob)
            except Exception:  # whatever is wrong with one envelope, the others are opened
                _logger.info("Envelope of %s could not be opened", bid, exc_info=True)
            attachment.invalidate_recordset(["raw"])
        return states | dict.fromkeys(self._write_offers(offers), "broken")

    def _get_key_in_hand(self):
        """Return the private key the openers unwrapped for the tender of ``self`` (in sudo)."""
        key = self.env.context.get(KEY_IN_HAND)
        if type(key) is not KeyInHand or {key.tender_id} != set(self.tender_id.ids):
            raise UserError(self.env._("Encrypted bids are opened with the passphrases of the openers."))
        return key.private

    def _map_envelopes(self):
        """Return a dict: bid -> the attachment (both in sudo) with its envelope; no query per bid."""
        own = [("res_model", "=", self._name), ("res_field", "=", "envelope"), ("res_id", "in", self.ids)]
        # where they lie is read at once, and nothing else of them: some hold megabytes in their row
        found = self.env["ir.attachment"].search_fetch(own, ["res_id", "store_fname"])
        # one prefetch for all: their lines are not read bid by bid
        return {self.browse(one.res_id).with_prefetch(self._prefetch_ids): one for one in found}

    def _read_envelope(self, private, blob):
        """Return ((values, prices by line, values of files), state) of ``blob``.

        :raise Exception: of whatever kind: it cannot be read
        """
        self.ensure_one()
        key = find_key(private, blob)
        content = unlock(key, blob)
        offer, start = unpack(content)
        prices = {line: float(offer["prices"].get(str(line.item_id.id), 0.0)) for line in self.line_ids}
        files, kinds, owner = [], dict(FILE_KINDS), self._prepare_file_owner()
        for kind, name, size in offer["files"]:
            end = start + size
            if kind not in kinds or size < 0 or end > len(content):
                raise ValueError(kind, size)
            vals = {**owner, "kind": kind, "name": name, "start": start, "size": size}
            vals["is_open"] = kind != "price"  # these open with the bids
            files.append(self.env["outsourcing.bid.file"]._prepare_inside_vals(vals, content[start:end]))
            start = end
        vals = {name: offer["vals"][name] for name in OFFERED if name in offer["vals"]}
        vals["envelope_key"] = key.hex()
        state = "same" if hash_envelope(content, blob) == self.receipt else "changed"
        return (vals, prices, files), state

    def _prepare_file_owner(self):
        """Return whose the files of ``self`` are: said with thousands of them, not looked up for each."""
        return {"bid_id": self.id, "contractor_id": self.contractor_id.id, "company_id": self.company_id.id}

    @api.model
    def _write_offers(self, offers):
        """Write what was read; return the bids (in sudo) of which it cannot be kept.

        :param dict offers: bid -> (values, prices by line, values of files)
        """
        try:
            with self.env.cr.savepoint():
                bids = self.browse([bid.id for bid in offers])._gated()  # one gate for all of them
                lines = {line.id: line for line in bids.line_ids._gated()}
                for bid, (vals, prices, _files) in zip(bids, offers.values(), strict=True):
                    for line, price in prices.items():
                        lines[line.id].price_unit = price
                    bid.write(vals)
                files = [vals for _vals, _prices, own in offers.values() for vals in own]
                self.env["outsourcing.bid.file"]._gated().create(files)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:  # one that cannot be kept is looked for alone
            if len(offers) == 1:
                _logger.info("Offers of %s could not be kept", offers, exc_info=True)
                return list(offers)
            return [bad for bid, offer in offers.items() for bad in self._write_offers({bid: offer})]
        return []


class OutsourcingBidFile(models.Model):
    _inherit = "outsourcing.bid.file"

    is_inside = fields.Boolean("In the Envelope", readonly=True, copy=False)
    start = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)
    size = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"is_inside", "start", "size"}

    @api.model
    def _prepare_inside_vals(self, vals, content):
        """Return the values of a file that stays in its envelope. Hook: extend super's dict.

        :param dict vals: bid, kind, name and where it lies
        :param memoryview content: the file itself, in memory for the last time
        """
        return {**vals, "is_inside": True}

    def _read_inside(self):
        """Return the files ``self`` (in sudo) out of the envelopes of their bids, each decrypted once.

        :return: dict file -> bytes
        """
        found = {}
        for bid, files in self.grouped("bid_id").items():
            content = unlock(bytes.fromhex(bid.envelope_key), bid._map_envelopes()[bid].raw)
            found |= {file: bytes(content[file.start : file.start + file.size]) for file in files}
        return found
