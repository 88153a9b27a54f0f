from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

# in this order: what names others goes before them, the lines of each go with it
DOCUMENTS = (
    "outsourcing.bid.score",
    "outsourcing.bid.bond",
    "outsourcing.bid",
    "outsourcing.tender.objection",
    "outsourcing.tender",
)
FILE_OWNERS = (
    "outsourcing.bid",
    "outsourcing.bid.bond",
    "outsourcing.bid.file",
    "outsourcing.registration",
    "outsourcing.tender.addendum",
    "outsourcing.tender",
)


def uninstall_hook(env):
    """Remove tenders and bids with their files before the records they hold on to go."""
    env.flush_all()
    env.cr.execute(SQL("UPDATE outsourcing_contract SET tender_lot_id = NULL, tender_bid_id = NULL"))
    env.cr.execute(SQL("UPDATE outsourcing_tender_lot SET awarded_bid_id = NULL, contract_id = NULL"))
    for name in DOCUMENTS:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(env[name]._table)))
    about = (*DOCUMENTS, *FILE_OWNERS)  # what people were told of them leads nowhere any more
    env.cr.execute(SQL("DELETE FROM outsourcing_notice WHERE res_model IN %s", about))
    env.invalidate_all()
    files = env["ir.attachment"].search(
        [("res_model", "in", FILE_OWNERS), ("res_field", "in", [False, "content", "envelope", "proof"])]
    )
    open_gate(files).unlink()
