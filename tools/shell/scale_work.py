# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: documents in bulk, against what core takes for the same.

Everything is rolled back; what is accepted, drawn up and billed leaves no trace in the filled company.
"""

import io
import xlsxwriter

VENDORS = (200, 400)
key = kept()
template = env["outsourcing.contract"].browse(key["contract"])
GROUP = "property_outsourcing.group_outsourcing_"
people = {}
for person, role in (
    ("drawer", "manager"),
    ("checker", "manager"),
    ("approver", "finance"),
    ("biller", "finance"),
):
    groups = [Command.link(env.ref(GROUP + role).id)]
    people[person] = env["res.users"].create({"name": person, "login": f"work_{person}", "group_ids": groups})


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
    for contract in contracts:
        contract.action_generate_periods()
    contracts.with_user(people["drawer"]).action_submit()
    contracts.with_user(people["checker"]).action_approve()
    contracts.milestone_ids._record_acceptances(
        {row: (row.amount, row.date_end, row.contract_id) for row in contracts.milestone_ids}
    )
    return contracts


def settle(contracts):
    """Return the milliseconds from accepted rows to posted bills, checks aside, and the settlements."""
    made = []
    # as a list's button does: records reached over a field are not read together once caches are empty
    rows = env["outsourcing.contract.milestone"].browse(contracts.milestone_ids.ids)
    rows = rows.with_user(people["drawer"])
    draw = env["outsourcing.settlement"].with_user(people["drawer"])._create_for_milestones
    spent = timed(lambda: made.append(draw(rows)))
    settlements = made[0]
    settlements.with_user(people["drawer"]).action_submit()
    settlements.with_user(people["checker"]).action_check()
    settlements.with_user(people["approver"]).action_approve()
    billing = settlements.with_user(people["biller"])
    spent += timed(billing.action_create_bill)
    bills = env["account.move"].browse(billing.bill_id.ids).with_user(people["biller"])
    return spent + timed(bills.action_post), settlements.with_env(env)


def bill_by_batch(settlements):
    """Return the milliseconds of core's batched create and post of the same lines."""
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


def bill_by_orders(settlements):
    """Return the milliseconds of core's own billing of as many received orders, and of posting."""
    product = template.env.ref("property_outsourcing.product_outsourced_service")
    orders = env["purchase.order"].create(
        [
            {
                "partner_id": settlement.contractor_id.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_qty": 12000.0, "price_unit": 1.0})
                ],
            }
            for settlement in settlements
        ]
    )
    orders.button_confirm()
    orders.order_line.qty_received = 12000.0
    spent = timed(orders.action_create_invoice)
    orders.invoice_ids.invoice_date = TODAY
    return spent + timed(lambda: orders.invoice_ids.action_post())


settle(take_over(3))  # fills the caches
chains = {}
for count in VENDORS:
    chains[count], settlements = settle(take_over(count))
    batch = bill_by_batch(settlements)
    tell(f"{count} accepted rows to posted bills, to batched bills", chains[count], batch, 1.2)
    if count == VENDORS[0]:
        by_orders = bill_by_orders(settlements)
        tell(f"{count} accepted rows to posted bills, to order billing", chains[count], by_orders, 0.3)
tell("posted bills of twice as many vendors", chains[VENDORS[1]], chains[VENDORS[0]], 2.1)

# ---- a statement of 100,000 lines, against raw xlsxwriter ------------------------------------------------
settlement = settlements[0]
line = settlement.line_ids[0]
ids = multiply(line, 99_999, name="'Line ' || n", source_key="'bench:' || n")
env.invalidate_all()


def write_raw():
    """Write as many cells as both sheets of the statement have."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "font_name": "Noto Sans CJK SC"})
    for _sheet in range(2):
        sheet = book.add_worksheet()
        for row in range(100_000):
            for column in range(3):
                sheet.write(row, column, "accepted 12,000.00", cell)
            sheet.write_number(row, 3, 1.0, cell)
            sheet.write_number(row, 4, 1.0, cell)
            sheet.write_formula(row, 5, f"=D{row}+E{row}", cell, 2.0)
    book.close()


tell("workbook of 100,000 lines, to raw xlsxwriter", timed(settlement._render_xlsx), timed(write_raw), 1.3)

# ---- 10,000 inspections planned, against a bare batched create --------------------------------------------
inspections = env["outsourcing.inspection"].sudo()
quiet = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
elevators = list(range(key["first_elevator"], key["first_elevator"] + 1_000))
plan = env["outsourcing.inspection.plan"].create(
    {
        "contract_id": key["first_contract"],
        "community_id": template.browse(key["first_contract"]).community_id.id,
        "checklist_id": env.ref("property_outsourcing_site.checklist_elevator_daily").id,
        "frequency": "daily",
        "date_start": TODAY,
        "target_kind": "listed",
    }
)
env.flush_all()
env.cr.execute(
    "UPDATE maintenance_equipment SET outsourcing_community_id = %s WHERE id = ANY(%s)",
    [plan.community_id.id, elevators],
)
relation = plan._fields["equipment_ids"]
env.cr.execute_values(
    f'INSERT INTO "{relation.relation}" ("{relation.column1}", "{relation.column2}") VALUES %s',
    [(plan.id, elevator) for elevator in elevators],
)
env.invalidate_all()
first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=10)
planned = timed(lambda: plan._process_generation(last, first))
made = env["outsourcing.inspection"].search([("plan_id", "=", plan.id)])
names = ("contract_id", "community_id", "kind", "party", "checklist_id", "cycle", "equipment_id")
vals_list = [
    {
        **{name: made[0]._fields[name].convert_to_write(made[0][name], made[0]) for name in names},
        "equipment_id": elevator,
        "date_planned": day,
        "date_due": day,
    }
    for elevator in elevators
    for day in (TODAY + timedelta(days=n) for n in range(20, 30))
]
bare = timed(lambda: inspections.with_context(**quiet).create(vals_list))
tell(f"{len(made):,} inspections planned, to a bare create", planned, bare, 1 / 0.7)

report()
