import logging

from cryptography.exceptions import InvalidTag

from odoo import SUPERUSER_ID, api
from odoo.tools.sql import column_exists

from odoo.addons.property_outsourcing_tender.models.seal.envelope import find_key

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """Give each opened bid the key of its own envelope; that of the tender goes with its column."""
    if not column_exists(cr, "outsourcing_tender_key", "opened_key"):
        return  # files were taken out of their envelopes then
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute("SELECT tender_id, opened_key FROM outsourcing_tender_key WHERE opened_key IS NOT NULL")
    for tender_id, opened in cr.fetchall():
        read = [("tender_id", "=", tender_id), ("file_ids.is_inside", "=", True)]
        bids = env["outsourcing.bid"].search(read)
        for bid, attachment in bids._map_envelopes().items():
            try:
                key = find_key(bytes.fromhex(opened), attachment.raw or b"")
            except InvalidTag:  # lost from the storage: it opens no more, the others do
                _logger.warning("The envelope of %s is missing", bid)
                continue
            bid._gated().write({"envelope_key": key.hex()})
            attachment.invalidate_recordset(["raw"])
