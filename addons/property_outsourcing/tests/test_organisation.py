from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestMembership(OutsourcingCommon):
    def test_members_are_manager_supervisors_and_managers_of_the_area_chain(self):
        region = self.env["outsourcing.area"].create({"name": "Region", "manager_id": self.user_manager2.id})
        self.area.parent_id = region
        area_manager = self._create_internal_user("area_manager", "Area Manager", "user")

        self.area.manager_id = area_manager

        self.assertEqual(
            self.community.member_ids,
            self.user_manager
            | self.user_supervisor
            | self.user_supervisor2
            | area_manager
            | self.user_manager2,
        )
        self.assertEqual(
            self.other_community.member_ids, self.user_outsider | area_manager | self.user_manager2
        )

    def test_members_follow_a_change_at_the_top_of_the_tree(self):
        region = self.env["outsourcing.area"].create({"name": "Region", "manager_id": self.user_manager2.id})
        self.area.parent_id = region
        self.assertIn(self.user_manager2, self.community.member_ids)

        region.manager_id = self.user_outsider

        self.assertNotIn(self.user_manager2, self.community.member_ids)
        self.assertIn(self.user_outsider, self.community.member_ids)

    def test_a_supervisor_leaves_with_the_list(self):
        self.community.supervisor_ids = [Command.unlink(self.user_supervisor.id)]

        self.assertNotIn(self.user_supervisor, self.community.member_ids)
        self.assertFalse(
            self.env["outsourcing.community"]
            .with_user(self.user_supervisor)
            .search([("id", "=", self.community.id)])
        )

    def test_an_area_cannot_lie_within_itself(self):
        child = self.env["outsourcing.area"].create({"name": "Child", "parent_id": self.area.id})

        with self.assertRaises(UserError):  # core's own
            self.area.parent_id = child

    def test_an_area_counts_the_communities_below_it(self):
        region = self.env["outsourcing.area"].create({"name": "Region"})
        self.area.parent_id = region

        self.assertEqual(region.community_count, 2)
        self.assertEqual(self.area.with_user(self.user_supervisor).community_count, 1)


@tagged("post_install", "-at_install")
class TestOrganisationAccess(OutsourcingCommon):
    def _visible(self, model, user):
        return self.env[model].with_user(user).search([])

    def test_a_supervisor_sees_the_communities_it_is_a_member_of(self):
        self.assertEqual(self._visible("outsourcing.community", self.user_supervisor), self.community)
        self.assertEqual(self._visible("outsourcing.community", self.user_outsider), self.other_community)
        with self.assertRaises(AccessError):  # core's own
            self.community.with_user(self.user_outsider).read(["name"])

    def test_managers_and_finance_see_every_community_of_their_company(self):
        both = self.community | self.other_community
        for user in (self.user_manager2, self.user_finance):
            self.assertLessEqual(both, self._visible("outsourcing.community", user))

    def test_a_supervisor_does_not_change_who_belongs_to_a_community(self):
        with self.assertRaises(AccessError):  # core's own
            self.other_community.with_user(self.user_outsider).write({"supervisor_ids": [Command.clear()]})
        with self.assertRaises(AccessError):  # core's own
            self.community.with_user(self.user_outsider).write(
                {"supervisor_ids": [Command.link(self.user_outsider.id)]}
            )

    def test_locations_and_equipment_are_seen_with_the_community(self):
        self.assertIn(self.building, self._visible("outsourcing.location", self.user_supervisor))
        self.assertNotIn(self.building, self._visible("outsourcing.location", self.user_outsider))
        self.assertEqual(self._visible("maintenance.equipment", self.user_supervisor), self.elevator)
        self.assertFalse(self._visible("maintenance.equipment", self.user_outsider))
        self.assertIn(self.elevator, self._visible("maintenance.equipment", self.user_manager2))

    def test_equipment_is_registered_by_managers_only(self):
        vals = {"name": "Pump", "outsourcing_community_id": self.community.id}
        self.assertTrue(self.env["maintenance.equipment"].with_user(self.user_manager).create(vals))
        with self.assertRaises(AccessError):  # core's own
            self.env["maintenance.equipment"].with_user(self.user_supervisor).create(vals)
        with self.assertRaises(AccessError):  # core's own
            self.elevator.with_user(self.user_supervisor).name = "Other"

    def test_representatives_read_their_own_community_only(self):
        self.assertEqual(self._visible("outsourcing.community", self.portal_representative), self.community)
        with self.assertRaises(AccessError):  # core's own
            self.other_community.with_user(self.portal_representative).read(["name"])
        with self.assertRaises(AccessError):  # core's own
            self.community.with_user(self.portal_representative).name = "Mine"

    def test_a_contractor_finds_no_community_in_the_portal(self):
        self.assertFalse(self._visible("outsourcing.community", self.portal_contractor))
        for user in (self.portal_contractor, self.portal_representative):
            with self.assertRaises(AccessError):  # core's own
                self._visible("outsourcing.location", user)
        with self.assertRaises(AccessError):  # core's own
            self.community.with_user(self.portal_representative).read(["contract_count"])

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Another property company"})
        manager = self._create_internal_user("foreign_manager", "Foreign Manager", "manager")
        manager.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})

        self.assertFalse(self._visible("outsourcing.community", manager))
        self.assertFalse(self._visible("outsourcing.area", manager))
        self.assertFalse(self._visible("maintenance.equipment", manager))

    def test_a_branch_reads_the_areas_of_its_head_office(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        manager = self._create_internal_user("branch_manager", "Branch Manager", "admin")
        manager.write({"company_ids": [Command.set(branch.ids)], "company_id": branch.id})

        community = (
            self.env["outsourcing.community"]
            .with_user(manager)
            .create({"name": "Branch Garden", "area_id": self.area.id, "company_id": branch.id})
        )

        self.assertEqual(community.area_id, self.area)
        with self.assertRaises(AccessError):  # core's own
            self.area.with_user(manager).name = "Renamed"


@tagged("post_install", "-at_install")
class TestCommunity(OutsourcingCommon):
    def test_a_community_gets_its_analytic_account(self):
        community = (
            self.env["outsourcing.community"]
            .with_user(self.user_manager)
            .create({"name": "Lake View", "code": "LV01"})
        )

        account = community.sudo().analytic_account_id
        self.assertEqual(
            (account.name, account.code, account.company_id), ("Lake View", "LV01", self.company)
        )
        self.assertEqual(account.plan_id, self.env.ref("property_outsourcing.analytic_plan_community"))

    def test_the_analytic_account_follows_the_name_and_the_archive(self):
        community = self.community.with_user(self.user_manager)

        community.write({"name": "Sunshine Gardens", "code": "SG02"})
        account = community.sudo().analytic_account_id
        self.assertEqual((account.name, account.code), ("Sunshine Gardens", "SG02"))
        community.action_archive()
        self.assertFalse(account.active)

    def test_a_copy_has_an_account_of_its_own(self):
        copy = self.community.copy({"code": "SG09"})

        self.assertTrue(copy.analytic_account_id)
        self.assertNotEqual(copy.analytic_account_id, self.community.analytic_account_id)

    def test_a_code_is_unique_in_the_company_and_may_be_empty(self):
        self.env["outsourcing.community"].create([{"name": "A", "code": ""}, {"name": "B", "code": " "}])
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.other_community.code = " SG01 "
            self.env.flush_all()

    def test_counts_are_those_of_the_user(self):
        self.assertEqual(self.community.with_user(self.user_supervisor).equipment_count, 1)
        self.assertEqual(self.community.with_user(self.user_supervisor).location_count, 1)

    def test_the_form_is_filled_in_by_a_manager(self):
        form = Form(self.env["outsourcing.community"].with_user(self.user_manager))
        form.name = "Green Hills"
        form.manager_id = self.user_manager
        community = form.save()
        self.assertIn(self.user_manager, community.member_ids)


@tagged("post_install", "-at_install")
class TestLocation(OutsourcingCommon):
    def test_a_location_names_where_it_lies_and_takes_the_community_of_its_parent(self):
        unit = self.env["outsourcing.location"].create(
            {"name": "Unit 1", "kind": "unit", "parent_id": self.building.id}
        )
        self.building.name = "Building 5"

        self.assertEqual(unit.complete_name, "Building 5 / Unit 1")
        self.assertEqual((unit.community_id, unit.company_id), (self.community, self.company))

    def test_a_location_cannot_lie_in_another_community(self):
        unit = self.env["outsourcing.location"].create({"name": "Unit 1", "parent_id": self.building.id})
        with self.assertRefused("must be in the same community."):
            unit.community_id = self.other_community
        with self.assertRefused("must be in the same community."):
            self.building.community_id = self.other_community

    def test_a_barcode_is_unique_in_the_company(self):
        self.env["outsourcing.location"].create(
            [{"name": n, "community_id": self.community.id} for n in "AB"]
        )
        twin = {"name": "C", "community_id": self.other_community.id}
        with self.assertRaisesRegex(ValidationError, "Barcode LOC-SG01-3 already belongs to Building 3"):
            self.env["outsourcing.location"].create({**twin, "barcode": self.building.barcode})
        self._force_twin(self.env["outsourcing.location"].create(twin), self.building, "barcode")

    def _force_twin(self, twin, record, name):
        """Assert that who comes past the sentence, as two in the same second do, meets the index."""
        self.env.flush_all()
        query = SQL(
            "UPDATE %s SET %s = %s WHERE id = %s",
            SQL.identifier(twin._table), SQL.identifier(name), record[name], twin.id,
        )  # fmt: skip
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.cr.execute(query)

    def test_equipment_takes_the_community_of_its_location(self):
        self.assertEqual(self.elevator.outsourcing_community_id, self.community)
        with self.assertRefused("is in another community."):
            self.elevator.outsourcing_community_id = self.other_community

    def test_the_equipment_form_moves_with_the_location(self):
        hall = self.env["outsourcing.location"].create(
            {"name": "Hall", "community_id": self.other_community.id}
        )
        view = "property_outsourcing.outsourcing_equipment_view_form"
        with Form(self.elevator.with_user(self.user_manager), view=view) as form:
            form.outsourcing_location_id = hall
        self.assertEqual(self.elevator.outsourcing_community_id, self.other_community)


@tagged("post_install", "-at_install")
class TestCodes(OutsourcingCommon):
    """Labels are kept in one form and found however a scanner or a keyboard sends them."""

    def test_barcodes_are_kept_and_found_in_one_form(self):
        self.building.barcode = "ｌｏｃ－ｓｇ０１ － 3\r\n"
        self.elevator.outsourcing_barcode = " eq-sg01-3-1 "
        self.assertEqual(self.building.barcode, "LOC-SG01-3")
        self.assertEqual(self.elevator.outsourcing_barcode, "EQ-SG01-3-1")
        self.env.flush_all()
        for typed in ("loc-sg01-3", "ＬＯＣ-SG01-3", " LOC-SG01 -3"):
            locations = self.env["outsourcing.location"].with_user(self.user_supervisor)
            self.assertIn(self.building, locations.search([("barcode", "=", typed)]))
            self.assertIn(self.building, locations.search([("barcode", "ilike", typed)]))
            self.assertIn(self.building.id, dict(locations.name_search(typed)))

    def test_the_same_label_in_another_form_is_taken(self):
        equipment = self.env["maintenance.equipment"]
        for name in ("outsourcing_barcode", "outsourcing_registration_code"):
            with self.assertRaisesRegex(ValidationError, "already belongs to Elevator 3-1"):
                equipment.create(
                    {"name": "Twin", "company_id": self.company.id, name: f" {self.elevator[name].lower()}"}
                )

    def test_emptied_labels_do_not_collide(self):
        self.elevator.outsourcing_barcode = "  "
        other = self.elevator.copy({"name": "Other", "outsourcing_barcode": " "})
        self.env.flush_all()
        self.assertFalse(other.outsourcing_barcode or self.elevator.outsourcing_barcode)
