import base64
from contextlib import contextmanager
from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.contract_year import month_end, month_start
from odoo.addons.property_outsourcing.tests.evidence_common import make_photo


def on(day, hour=2):
    """Freeze the clock at ``day`` (ISO date), by default in the morning of China."""
    return freeze_time(datetime.fromisoformat(f"{day}T{hour:02}:00:00"))


class StoryCommon(OutsourcingCommon):
    """The two stories, told by the people they name; every step runs as its person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_director = cls.user_manager2
        cls.shots = 0
        cls.signature = base64.b64encode(make_photo("signature.png", size=(200, 80)))

    @contextmanager
    def _day(self, day):
        """Live through ``day``: it begins with nothing read, as what depends on the day is not stored."""
        with on(day):
            self.env.flush_all()
            self.env.invalidate_all()
            yield

    @classmethod
    def _photos(cls, count=1):
        photos = []
        for _index in range(count):
            cls.shots += 1
            colour = (cls.shots * 41 % 256, cls.shots * 83 % 256, cls.shots * 7 % 256)
            photos.append((f"IMG_{cls.shots:04}.jpg", make_photo(color=colour)))
        return photos

    # ---- story A: elevator maintenance ------------------------------------------------------------------

    @classmethod
    def _open_service(cls):
        """Return the elevator contract, active: 12 months of 12,000.00, tax included."""
        contract = cls._create_contract(date_start=month_start(10), date_end=month_end(21))
        return cls._activate(contract)

    @classmethod
    def _visit(cls, contract, day, lock_mm=7.5):
        """Let the foreman do the half-monthly maintenance; return the inspection."""
        inspection = cls.env["outsourcing.inspection"].create(
            {
                "contract_id": contract.id,
                "kind": "maintenance",
                "checklist_id": cls.env.ref("property_outsourcing_site.checklist_tsg_a").id,
                "equipment_id": cls.elevator.id,
                "date_planned": day,
            }
        )
        foreman = inspection.with_user(cls.portal_contractor)
        foreman._portal_start(cls.performer)
        foreman._portal_save({line.id: cls._answer(line, lock_mm) for line in inspection.sudo().line_ids})
        foreman._portal_submit()
        return inspection

    @classmethod
    def _answer(cls, line, lock_mm):
        answer = {"result": "pass"}
        if line.judge == "N":
            answer = {"value": lock_mm, "result": "pass" if lock_mm >= line.value_min else "fail"}
        if answer["result"] == "fail":
            answer |= {"note": "Engagement too short", "files": cls._photos()}
        elif line.judge == "T" or line.requires_photo:
            answer["files"] = cls._photos()
        return answer

    @classmethod
    def _miss_daily_inspections(cls, contract, days):
        """Let daily inspections pass their day undone, as the schedule finds them the day after."""
        plans = contract.inspection_plan_ids.filtered(lambda plan: plan.frequency == "daily")
        inspections = cls.env["outsourcing.inspection"]
        for day in days:
            inspections |= plans[:1]._process_generation(day, date_from=day)
        return inspections

    @classmethod
    def _hand_in_report(cls, row):
        """Let the contractor hand in what the row asks for, in time, and the supervisor accept it."""
        for item in row.deliverable_ids.filtered(lambda item: item.state != "accepted"):
            file = cls.env["ir.attachment"].create(
                {"name": "report.pdf", "raw": b"%PDF-1.4\n%test report\n%%EOF"}
            )
            with on(min(trade_today(item), item.date_due).isoformat()):
                item.with_user(cls.portal_contractor)._portal_submit(file)
            item.with_user(cls.user_supervisor).action_accept()

    @classmethod
    def _score_month(cls, row):
        """Let the supervisor score the ended month; return the sheet, waiting for the contractor."""
        sheet = cls.env["outsourcing.acceptance"].search([("milestone_id", "=", row.id)])
        if not sheet:
            sheet = cls.env["outsourcing.acceptance"].with_user(cls.user_supervisor)._create_month_sheets(row)
        sheet = sheet.with_user(cls.user_supervisor)
        for line in sheet.score_line_ids.filtered(lambda line: line.points < line.max_points):
            line.write({"points": line.max_points, "note": "Made good, deducted by clause"})
        sheet.action_score()
        return sheet

    # ---- story B: facade repair -------------------------------------------------------------------------

    @classmethod
    def _open_works(cls):
        """Return the facade contract, active: 200,000.00 at 30/40/30 %, retention 3 %."""
        contract = cls._create_works_draft(
            date_start=month_start(3),
            date_end=month_end(8),
            item_ids=[
                Command.create({"code": "1", "name": "Bedding", "price_unit": 62.5, "quantity": 640}),
                Command.create({"code": "2", "name": "Tiling", "price_unit": 250.0, "quantity": 640}),
            ],
        )
        kinds = (cls.env.ref(f"property_outsourcing_site.work_kind_{name}") for name in ("base", "bedding"))
        contract.milestone_ids[0].work_kind_ids = contract.milestone_ids.work_kind_ids.union(*kinds)
        return cls._activate(contract)

    @classmethod
    def _sign(cls, document, user, **values):
        values = {"result": "pass", "signature": cls.signature, "signer_name": user.name, **values}
        return document.with_user(user)._portal_sign(**values)

    # ---- money ------------------------------------------------------------------------------------------

    @classmethod
    def _settle_and_pay(cls, row):
        """Take an accepted row through supervisor, manager and finance to the paid bill."""
        settlement = cls._settle(row)
        cls._pay(cls._post_bill(settlement))
        return settlement

    @classmethod
    def _settle(cls, rows):
        """Return the draft by which the supervisor settles accepted rows of one contract."""
        settlements = cls.env["outsourcing.settlement"].with_user(cls.user_supervisor)
        return settlements._create_for_milestones(rows.with_user(cls.user_supervisor)).with_env(cls.env)

    @classmethod
    def _post_bill(cls, settlement):
        """Take a draft through supervisor, manager and finance; return its posted bill."""
        settlement.with_user(cls.user_supervisor).action_submit()
        settlement.with_user(cls.user_manager).action_check()
        settlement.with_user(cls.user_finance).action_approve()
        settlement.with_user(cls.user_finance2).action_create_bill()
        bill = settlement.bill_id.with_user(cls.user_finance2)
        bill.action_post()
        return bill

    @classmethod
    def _pay(cls, bill, amount=None):
        """Pay the bill, whole or in part, by the dialogue of finance."""
        wizard = cls.env["account.payment.register"].with_user(cls.user_finance2)
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids)
        return wizard.create({"amount": amount} if amount else {})._create_payments()
