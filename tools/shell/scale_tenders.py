# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: 500 encrypted bids opened, 500 bids ranked. Rolled back."""

import base64
import hashlib
import os
import random

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing_tender.models.seal.envelope import pack, seal

BIDS, FILES, SIZE, ITEMS = part(500), 20, 1_000_000, 5
FACTORS, JUDGES = 20, 7
WORDS = "a passphrase of opener %s"
quiet = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
env = env(context={**env.context, **quiet})
manager, supervisor = (
    env["res.users"].search([("login", "=", f"bench_{role}")]) for role in ("manager", "supervisor")
)
service = env["outsourcing.service.type"].create({"name": "Bench tender", "code": "BTND", "kind": "service"})
community = env["outsourcing.community"].search([], limit=1)
firms = env["res.partner"].create(
    [{"name": f"Bidder {n}", "is_company": True, "outsourcing_state": "candidate"} for n in range(BIDS)]
)
now = fields.Datetime.now()


def create_tender(way, factors, **vals):
    items = [Command.create({"name": f"Item {n}", "quantity": 12.0}) for n in range(ITEMS)]
    return open_gate(env["outsourcing.tender"]).create(
        {
            "title": "Bench tender",
            "service_type_id": service.id,
            "community_ids": [Command.set(community.ids)],
            "way_id": env.ref(f"property_outsourcing_tender.way_{way}").id,
            "manager_id": manager.id,
            "date_deadline": now,
            "date_opening": now,
            "lot_ids": [Command.create({"name": "Lot", "estimate": 900000.0, "item_ids": items})],
            "criterion_ids": [
                Command.create({"name": name, "kind": kind, "weight": weight})
                for name, kind, weight in factors
            ],
            **vals,
        }
    )


def create_bids(tender, **vals):
    lot = tender.lot_ids
    return open_gate(env["outsourcing.bid"]).create(
        [
            {
                "tender_id": tender.id,
                "lot_id": lot.id,
                "contractor_id": firm.id,
                "validity_days": 90,
                "line_ids": [
                    Command.create({"item_id": item.id, "price_unit": 100.0 + number})
                    for item in lot.item_ids
                ],
                **vals,
            }
            for number, firm in enumerate(firms)
        ]
    )


# ---- opening, against hashing and decrypting the same bytes ----------------------------------------------
tender = create_tender("public", [("Price", "price", 100)], seal_mode="encrypted")
opening = tender.with_user(manager)
words = {user: WORDS % user.id for user in (manager, supervisor)}
opening._make_keys(words, 2)
open_gate(tender).write({"state": "published", "date_published": now})
bids = create_bids(tender, state="submitted", date_submitted=now)
offer = {
    "vals": {"plan": "Twice a month", "validity_days": 90, "tax_rate": 6.0},
    "prices": {str(item): "100.0" for item in tender.lot_ids.item_ids.ids},
    "files": [["technical", f"scan {n}.pdf", SIZE] for n in range(FILES)],
}
scan = b"%PDF-1.4 " + random.Random(1).randbytes(SIZE - 9)  # as a scan: not to be compressed
content = pack(offer, [scan] * FILES)
blob = seal(bytes.fromhex(tender.sudo().key_ids.public_key), content)
open_gate(bids[0]).write({"envelope": base64.b64encode(blob), "has_envelope": True})
own = [("res_model", "=", bids._name), ("res_field", "=", "envelope"), ("res_id", "=", bids[0].id)]
first = env["ir.attachment"].search(own)
env.flush_all()
# all lie in the same file, each with a row of its own
env.cr.execute(
    "INSERT INTO ir_attachment (name, res_model, res_field, res_id, type, store_fname, checksum, file_size, "
    "mimetype, company_id) SELECT name, res_model, res_field, unnest(%s), type, store_fname, checksum, "
    "file_size, mimetype, company_id FROM ir_attachment WHERE id = %s",
    [bids[1:].ids, first.id],
)
path = first._full_path(first.store_fname)


def open_all():
    opening._open_with(words)


def decrypt_and_hash():
    """Read, decrypt and hash the same bytes, with `cryptography` and `hashlib` alone."""
    key = os.urandom(32)
    sealed = AESGCM(key).encrypt(bytes(12), content, None)
    with open(path + ".bare", "wb") as handle:
        handle.write(sealed)
    start = time.perf_counter()
    for _bid in bids:
        with open(path + ".bare", "rb") as handle:
            plain = AESGCM(key).decrypt(bytes(12), handle.read(), None)
        hashlib.sha256(plain).hexdigest()
    spent = (time.perf_counter() - start) * 1000
    os.unlink(path + ".bare")
    return spent


def rolled_back(work):
    """Return the milliseconds of ``work``, whose rows are taken back."""
    env.flush_all()
    savepoint = env.cr.savepoint(flush=False)
    spent = timed(work)
    savepoint.rollback()
    savepoint.close(rollback=False)
    env.invalidate_all()
    return spent


pairs = [(rolled_back(open_all), decrypt_and_hash()) for _run in range(3)]
mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
ratio = statistics.median(ours / core for ours, core in pairs)
tell(f"{BIDS} encrypted bids of {FILES} files opened, to decrypting and hashing", mine, theirs, 1.3, ratio)

# ---- ranking, against the bare aggregate and writing as much ---------------------------------------------
factors = [(f"Factor {n}", "technical", 4) for n in range(FACTORS - 1)] + [("Price", "price", 24)]
tender = create_tender("consultation", factors, state="evaluating", date_opened=now)
bids = create_bids(tender, state="opened", has_price=True)
for bid in bids:
    open_gate(bid).amount_total = sum(bid.line_ids.mapped("amount"))
judges = env["res.users"].create([{"name": f"Judge {n}", "login": f"bench_judge_{n}"} for n in range(JUDGES)])
panel = open_gate(env["outsourcing.tender.panelist"]).create(
    [{"tender_id": tender.id, "user_id": judge.id, "declaration": "none"} for judge in judges]
)
technical = tender.criterion_ids.filtered(lambda factor: factor.kind == "technical")
env.flush_all()
env.cr.execute(
    "INSERT INTO outsourcing_bid_score (bid_id, tender_id, lot_id, company_id, contractor_id, criterion_id, "
    "panelist_id, user_id, value, is_given, is_revealed) SELECT b.id, b.tender_id, b.lot_id, b.company_id, "
    "b.contractor_id, c.id, p.id, p.user_id, (b.id * 7 + c.id * 3 + p.id) %% 40 / 10.0, true, true "
    "FROM outsourcing_bid b, outsourcing_tender_criterion c, outsourcing_tender_panelist p "
    "WHERE b.id = ANY(%s) AND c.id = ANY(%s) AND p.id = ANY(%s)",
    [bids.ids, technical.ids, panel.ids],
)
env.cr.execute("ANALYZE outsourcing_bid_score")
names = ("score_price", "score_bonus", "score_total", "rank", "state")


def rank_all():
    bids._apply_technical_scores()
    tender.lot_ids._rank_bids()


def rank_bare():
    """Aggregate by SQL alone, then write what a ranking writes: technical points, then all others."""
    env.cr.execute(
        "SELECT bid_id, round(sum(mean), 2) FROM (SELECT bid_id, criterion_id, round(avg(value), 2) AS mean "
        "FROM outsourcing_bid_score WHERE bid_id = ANY(%s) GROUP BY bid_id, criterion_id) m GROUP BY bid_id "
        "ORDER BY 2 DESC",
        [bids.ids],
    )
    gated = open_gate(bids)
    found = env.cr.fetchall()
    for bid_id, points in found:
        gated.browse(bid_id).write({"score_technical": points})
    for rank, (bid_id, points) in enumerate(found, start=1):
        vals = dict(zip(names, (20.0, 0.0, float(points) + 20.0, rank, "scored"), strict=True))
        gated.browse(bid_id).write({**vals, "bonus_data": {"rows": []}})


pairs = [(rolled_back(rank_all), rolled_back(rank_bare)) for _run in range(5)]
mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
ratio = statistics.median(ours / core for ours, core in pairs)
count = f"{BIDS} bids x {FACTORS} factors x {JUDGES} judges"
tell(f"{count} ranked, to the bare aggregate and writing", mine, theirs, 1.5, ratio)
report()
