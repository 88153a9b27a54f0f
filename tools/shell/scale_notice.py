# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: a public tender and its notice, and a customer of core's portal."""

env["res.users"].create(
    {
        "name": "Customer",
        "login": "bench_customer",
        "password": "bench_customer",
        "group_ids": [Command.set(env.ref("base.group_portal").ids)],
    }
)
now = fields.Datetime.now()
items = [Command.create({"name": f"Item {n}", "quantity": 12.0}) for n in range(20)]
lots = [Command.create({"name": f"Lot {n}", "ceiling": 900000.0, "item_ids": items}) for n in range(3)]
factors = [Command.create({"name": f"Factor {n}", "kind": "technical", "weight": 4}) for n in range(20)]
tender = env["outsourcing.tender"].create(
    {
        "title": "Bench notice",
        "service_type_id": env["outsourcing.service.type"].search([("code", "=", "BENCH")]).id,
        "community_ids": [Command.set(env["outsourcing.community"].search([], limit=3).ids)],
        "way_id": env.ref("property_outsourcing_tender.way_public").id,
        "date_deadline": fields.Datetime.add(now, days=30),
        "date_opening": fields.Datetime.add(now, days=30),
        "lot_ids": lots,
    }
)
price = Command.create({"name": "P", "kind": "price", "weight": 20})
tender.criterion_ids = [Command.clear(), *factors, price]
tender._gated().write({"state": "published", "date_published": now})
env.cr.commit()
