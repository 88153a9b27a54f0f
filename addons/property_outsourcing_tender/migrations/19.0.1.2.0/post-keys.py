from odoo import SUPERUSER_ID, api

from odoo.addons.property_outsourcing_tender.models.seal.envelope import find_key


def migrate(cr, version):
    """Give each opened bid the key of its own envelope; that of the tender goes with its column."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute("SELECT tender_id, opened_key FROM outsourcing_tender_key WHERE opened_key IS NOT NULL")
    for tender_id, opened in cr.fetchall():
        read = [("tender_id", "=", tender_id), ("file_ids.is_inside", "=", True)]
        bids = env["outsourcing.bid"].search(read)
        for bid, attachment in bids._map_envelopes().items():
            bid._gated().write({"envelope_key": find_key(bytes.fromhex(opened), attachment.raw).hex()})
            attachment.invalidate_recordset(["raw"])
