# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: from accepted rows to posted bills, against what core takes for it.

Everything is rolled back; what is accepted, drawn up and billed leaves no trace in the filled company.
"""

VENDORS = (part(200), part(400))
key = kept()
template = env["outsourcing.contract"].browse(key["contract"])
people = {
    "drawer": user_env("manager").user,
    "checker": user_env("approver").user,
    "approver": user_env("finance").user,
    "biller": user_env("biller").user,
}


def take_over(count):
    """Return ``count`` running contracts of ``count`` firms, a month of each accepted in full."""
    start = TODAY.replace(day=1) - timedelta(days=40)
    vals = {
        "title": "Upkeep",
        "service_type_id": template.service_type_id.id,
        "community_id": template.community_id.id,
        "manager_id": people["checker"].id,
        "date_start": start.replace(day=1),
        "date_end": fields.Date.add(start.replace(day=1), months=1, days=-1),
        "period_amount": 12000.0,
        "period_months": 1,
    }
    firms = env["res.partner"].create(
        [{"name": f"Vendor {n}", "is_company": True, "outsourcing_state": "candidate"} for n in range(count)]
    )
    env.flush_all()
    # core raises the rank of a vendor billed for the first time: neither side of a comparison pays for it
    env.cr.execute(
        "UPDATE res_partner SET outsourcing_state = 'qualified', supplier_rank = 1 WHERE id = ANY(%s)",
        [firms.ids],
    )
    env.invalidate_all()
    contracts = env["outsourcing.contract"].create([{**vals, "contractor_id": firm.id} for firm in firms])
    contracts.action_generate_periods()
    contracts.with_user(people["drawer"]).action_submit()
    contracts.with_user(people["checker"]).action_approve()
    contracts.milestone_ids._record_acceptances(
        {row: (row.amount, row.date_end, row.contract_id) for row in contracts.milestone_ids}
    )
    return contracts


def settle(contracts):
    """Return the milliseconds from accepted rows to posted bills, of the checks, and the settlements."""
    made = []
    # as a list's button does: records reached over a field are not read together once caches are empty
    rows = env["outsourcing.contract.milestone"].browse(contracts.milestone_ids.ids)
    rows = rows.with_user(people["drawer"])
    draw = env["outsourcing.settlement"].with_user(people["drawer"])._create_for_milestones
    spent = timed(lambda: made.append(draw(rows)))
    settlements = made[0]
    checks = timed(settlements.with_user(people["drawer"]).action_submit)
    checks += timed(settlements.with_user(people["checker"]).action_check)
    checks += timed(settlements.with_user(people["approver"]).action_approve)
    billing = settlements.with_user(people["biller"])
    spent += timed(billing.action_create_bill)
    bills = env["account.move"].browse(billing.bill_id.ids).with_user(people["biller"])
    return spent + timed(bills.action_post), checks, settlements.with_env(env)


def bill_by_batch(settlements, order_lines):
    """Return the milliseconds of core's batched create and post of the same lines.

    :param dict order_lines: firm -> the line of core's order that its bill charges, as ours does; empty:
        bills of no order
    """
    vals_list = [
        {
            "move_type": "in_invoice",
            "partner_id": settlement.contractor_id.id,
            "invoice_date": TODAY,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": line.name,
                        "product_id": line.product_id.id,
                        "quantity": line.quantity,
                        "price_unit": line.price_unit,
                        "tax_ids": [Command.set(line.tax_ids.ids)],
                        "analytic_distribution": line.analytic_distribution,
                        "purchase_line_id": order_lines.get(settlement.contractor_id),
                    }
                )
                for line in settlement.bill_id.invoice_line_ids
            ],
        }
        for settlement in settlements
    ]
    moves = []
    Move = env["account.move"].with_user(people["biller"])
    return timed(lambda: moves.append(Move.create(vals_list))) + timed(lambda: moves[0].action_post())


def create_orders(partners):
    """Return core's orders of ``partners``, a line each."""
    product = env.ref("property_outsourcing.product_outsourced_service")
    line = Command.create({"product_id": product.id, "product_qty": 12000.0, "price_unit": 1.0})
    return env["purchase.order"].create([{"partner_id": firm.id, "order_line": [line]} for firm in partners])


def receive_orders(partners):
    """Return core's confirmed orders of ``partners``, received in full."""
    orders = create_orders(partners)
    orders.button_confirm()
    orders.order_line.qty_received = 12000.0
    return orders


def bill_by_orders(settlements):
    """Return the milliseconds of core's own billing of as many received orders, and of posting."""
    orders = receive_orders(settlements.contractor_id)
    spent = timed(orders.action_create_invoice)
    orders.invoice_ids.invoice_date = TODAY
    return spent + timed(lambda: orders.invoice_ids.action_post())


settle(take_over(3))  # fills the caches
chains = {}
for count in VENDORS:
    chains[count], checks, settlements = settle(take_over(count))
    lines = {order.partner_id: order.order_line.id for order in receive_orders(settlements.contractor_id)}
    batch = bill_by_batch(settlements, lines)
    tell(f"{count} accepted rows to posted bills, to batched bills", chains[count], batch, 1.2)
    # what core does not do then: the order knows what is billed of it
    bare = bill_by_batch(settlements, {})
    tell(f"{count} accepted rows to posted bills, to batched bills of no order", chains[count], bare, 1.35)
    if count == VENDORS[0]:
        by_orders = bill_by_orders(settlements)
        # a third of it is core's bare create and post of these bills: less than that is nobody's
        tell(f"{count} accepted rows to posted bills, to order billing", chains[count], by_orders, 0.4)
        orders = create_orders(settlements.contractor_id)
        confirmed = timed(orders.button_confirm)
        # three people, a step each, and each step asks the next one, which core's does not
        tell(f"{count} settlements checked, a step to orders confirmed", checks / 3, confirmed, 1.3)
tell("posted bills of twice as many vendors", chains[VENDORS[1]], chains[VENDORS[0]], 2.1)
report()
