import re
from datetime import date

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.property_outsourcing_portal.tests.change_common import PortalChangeCommon

from .walk import Walk

LINK = re.compile(r'href="(/my/outsourcing/[^"#]+)"')


@tagged("post_install", "-at_install")
class TestEveryRow(PortalChangeCommon):
    """What is listed opens: no row, for nobody, ends in core's "you are not allowed to access"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.community | cls.other_community
        cls.other_elevator = cls.elevator.copy(
            {"outsourcing_community_id": cls.other_community.id, "outsourcing_location_id": False}
        )
        cls._create_documents(cls.contract)
        cls._create_documents(cls._create_contract_of_both())
        cls._create_changes()
        cls._create_second_company()
        cls.env.flush_all()

    @classmethod
    def _create_contract_of_both(cls):
        contract = cls._create_contract(
            community_ids=[Command.set(cls.both.ids)],
            date_start=date(cls.today.year - 1, 1, 1),
            date_end=date(cls.today.year + 1, 12, 31),
        )
        return cls._activate(contract)

    @classmethod
    def _create_documents(cls, contract):
        """Create a document of each kind on the contract, in each community it serves."""
        cls.contract = contract
        for community in contract.community_ids:
            place = {"community_id": community.id}
            elevator = cls.elevator if community == cls.community else cls.other_elevator
            inspection = cls._start_inspection(equipment_id=elevator.id, **place)
            cls._create_inspection(equipment_id=False, **place)
            inspection.with_user(cls.portal_contractor)._add_evidence([cls._photo()], performer=cls.performer)
            manager = cls.user_supervisor if community == cls.community else cls.user_outsider
            defects = cls.env["outsourcing.defect"].with_user(manager)
            defect = {
                "contract_id": contract.id,
                "equipment_id": elevator.id,
                "description": "Light",
                **place,
            }
            defects.create(defect).action_assign()
            order = {"name": "Noise", "outsourcing_community_id": community.id}
            contract.with_user(manager)._dispatch_order(order)
            cls.env["outsourcing.site.log"].with_user(cls.portal_contractor)._portal_create(
                contract.with_user(cls.portal_contractor), place
            )
        cls._create_deliverable()
        rows = contract.milestone_ids.sorted("date_start")[:2]
        sheets = cls.env["outsourcing.acceptance"].sudo().create([{"milestone_id": row.id} for row in rows])
        sheets[0].with_user(cls.user_manager).action_score()
        cls._settle(contract, contract.milestone_ids.sorted("date_start")[2:4])

    @classmethod
    def _settle(cls, contract, rows):
        for row in rows:
            cls._accept_row(row, row.amount, row.date_end, contract)
            cls.env["outsourcing.settlement"].create(
                {"contract_id": contract.id, "milestone_ids": [Command.set(row.ids)]}
            )

    @classmethod
    def _create_changes(cls):
        """Create amendments that name another community, before and after they are in force."""
        place = {"community_id": cls.other_community.id, "date": cls.today}
        joins = {"kind": "community_add", "amount": 3000.0, **place}
        single = cls._create_active_contract(
            date_start=date(cls.today.year - 1, 1, 1), date_end=date(cls.today.year + 1, 12, 31)
        )
        cls._draft_amendment(single, joins, date_effective=cls.today)
        cls._approve_amendment(single, joins, date_effective=cls.today)
        joined = cls._create_active_contract(
            date_start=date(cls.today.year - 1, 1, 1), date_end=date(cls.today.year + 1, 12, 31)
        )
        cls._amend(joined, joins, date_effective=cls.today)
        cls._draft_amendment(joined, {"kind": "community_remove", **place}, date_effective=cls.today)
        changes = cls._prepare_changes(cls.contract)
        cls._draft_amendment(cls.contract, *changes, user=cls.user_manager, date_effective=cls.today)
        cls._create_acceptance()
        cls._create_concealed()

    @classmethod
    def _prepare_changes(cls, contract):
        """Return a change of each kind that can name what is another community's."""
        rows = contract.milestone_ids.filtered(lambda row: row.community_id == cls.other_community)
        row, rule, day = rows[-1].id, contract.rule_ids[0].id, {"date": cls.today}
        return (
            {"kind": "period_fee", "community_id": cls.other_community.id, "amount": 5000.0, **day},
            {"kind": "equipment_remove", "equipment_ids": [Command.set(cls.other_elevator.ids)], **day},
            {"kind": "row_amount", "milestone_id": row, "amount": 1.0},
            {"kind": "row_date", "milestone_id": row, **day},
            {"kind": "rule_change", "rule_id": rule},
            {"kind": "manager", "partner_id": cls.performer.id},
        )

    @classmethod
    def _create_second_company(cls):
        cls.second = cls.env["res.company"].create(
            {"name": "Second", "country_id": cls.company.country_id.id}
        )
        cls.user_manager2.company_ids |= cls.second
        cls.user_outsider.company_ids |= cls.second
        cls.env.user.company_ids |= cls.second
        community = cls.env["outsourcing.community"].create(
            {
                "name": "Far away",
                "company_id": cls.second.id,
                "supervisor_ids": [Command.set(cls.user_outsider.ids)],
            }
        )
        contractor = cls._create_contractor("Far elevators", services=cls.service_elevator)
        contractor.company_id = cls.second
        contracts = cls.env["outsourcing.contract"].with_company(cls.second)
        contracts.create(
            {
                "title": "Far away",
                "date_start": cls.today,
                "date_end": date(cls.today.year + 1, 12, 31),
                "company_id": cls.second.id,
                "contractor_id": contractor.id,
                "community_id": community.id,
                "service_type_id": cls.service_elevator.id,
            }
        )

    def _walk(self, user, companies=None):
        walk = Walk(self.env, user, companies)
        problems = walk.run()
        self.assertGreater(walk.opened, 10)
        self.assertFalse(problems, "\n".join(f"{where}: {error}" for where, error in problems))

    def test_supervisor_opens_every_row(self):
        self._walk(self.user_supervisor)

    def test_supervisor_of_the_other_community_opens_every_row(self):
        self._walk(self.user_outsider)
        self._walk(self.user_outsider, self.company)

    def test_manager_and_director_open_every_row(self):
        self._walk(self.user_manager)
        for companies in (self.company, self.second, self.company | self.second):
            self._walk(self.user_manager2, companies)

    def test_finance_opens_every_row(self):
        self._walk(self.user_finance)

    def test_administrator_opens_every_row(self):
        self._walk(self.user_admin)

    def test_what_names_something_archived_opens(self):
        gone = (self.other_community, self.elevator, self.performer, self.contractor, self.user_supervisor2,
                self.checklist, self.building)  # fmt: skip
        for record in gone:  # behind the back of every check
            query = SQL(
                "UPDATE %s SET active = FALSE WHERE id = %s", SQL.identifier(record._table), record.id
            )
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self._walk(self.user_supervisor)
        self._walk(self.user_outsider, self.company)
        self._walk(self.user_manager2)
        self._log_in(self.portal_contractor)
        self._crawl()

    def test_people_of_the_portal_open_every_link(self):
        for user in (
            self.portal_contractor,
            self.colleague,
            self.portal_competitor,
            self.portal_third_party,
            self.portal_representative,
        ):
            with self.subTest(user=user.name):
                self._log_in(user)
                self._crawl()

    def _crawl(self):
        waiting, seen = ["/my/outsourcing"], set()
        while waiting:
            path = waiting.pop()
            response = self._page(path)
            self.assertEqual(response.status_code, 200, path)
            links = {link.replace("&amp;", "&") for link in LINK.findall(response.text)}
            links = {link for link in links if not link.endswith(("/pdf", "/file", "/thumb", "/xlsx"))}
            waiting += links - seen
            seen |= links
