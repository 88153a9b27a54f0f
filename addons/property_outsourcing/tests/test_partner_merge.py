from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon

from .evidence_common import make_photo

CODE = "91310000607378990F"
OTHER_CODE = "91110000600037341L"


@tagged("post_install", "-at_install")
class TestPartnerMerge(OutsourcingCommon):
    """Merging contacts moves no contract to another firm, ends no sanction and breaks no chain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.cn")
        cls.contract = cls._create_active_contract()
        cls.clerk = cls._create_internal_user("clerk", "Clerk", "manager")
        cls.clerk.group_ids += cls.env.ref("base.group_partner_manager")

    def _merge(self, target, *others):
        """Press the wizard's button as a clerk who keeps the address book."""
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.clerk)
        wizard = wizard.with_context(allowed_company_ids=self.clerk.company_ids.ids)
        partners = target.union(*others)
        wizard = wizard.create(
            {"state": "selection", "partner_ids": [Command.set(partners.ids)], "dst_partner_id": target.id}
        )
        wizard.action_merge()
        self.env.invalidate_all()

    def _firm(self, name="Steady Elevators again", vat=CODE):
        return self.env["res.partner"].create({"name": name, "is_company": True, "vat": vat})

    def test_contractor_is_not_merged_into_another_firm(self):
        self.contractor.vat = CODE
        for firm in (self._firm(vat=OTHER_CODE), self._firm(vat=False), self.competitor, self._firm(vat="/")):
            for target, source in ((firm, self.contractor), (self.contractor, firm)):
                with self.assertRaisesRegex(UserError, "Only records of the same firm are merged"):
                    self._merge(target, source)
        self.assertEqual(self.contract.contractor_id, self.contractor)

    def test_without_tax_ids_nothing_is_the_same_firm(self):
        with self.assertRaisesRegex(UserError, "all of them need its tax ID"):
            self._merge(self._firm(vat=False), self.contractor)

    def test_contractor_is_not_merged_into_its_rivals_worker(self):
        self.contractor.vat = CODE
        worker = self._create_contact("Worker", self._firm("Twin"))
        with self.assertRaisesRegex(UserError, "Only records of the same firm"):
            self._merge(worker, self.contractor)

    def test_same_firm_is_merged_and_keeps_its_contracts(self):
        self.contractor.vat = CODE
        twin = self._firm(vat="91310000 607378990f")
        self._merge(twin, self.contractor)
        self.assertFalse(self.contractor.exists())
        self.assertEqual(self.contract.contractor_id, twin)
        self.assertEqual((twin.outsourcing_state, twin.vat), ("qualified", "91310000 607378990f"))
        merge = self.env["outsourcing.partner.merge"].search([("partner_id", "=", twin.id)])
        self.assertEqual((merge.former_name, merge.user_id), ("Steady Elevators", self.clerk))

    def test_sanction_survives_the_merge_into_a_clean_record(self):
        for state, code in (("blacklisted", CODE), ("suspended", OTHER_CODE)):
            firm = self._create_contractor("Sanctioned", state=state)
            firm.vat = code
            twin = self._firm("Clean", vat=code)
            self._merge(twin, firm)
            self.assertEqual(twin.outsourcing_state, state)
            self.assertEqual(twin.outsourcing_state_reason, "Merged with Sanctioned. Set up")
            self.assertTrue(twin._get_contractor_blockers("dispatch"))

    def test_the_worse_status_of_two_contractors_is_kept(self):
        company = self.env["res.company"].create({"name": "Second", "country_id": self.env.ref("base.cn").id})
        self.clerk.company_ids += company
        until = fields.Date.today() + timedelta(days=30)
        self.contractor.write({"vat": CODE, "company_id": self.company.id})
        other = self._create_contractor("Same firm elsewhere")
        other.with_user(self.user_manager)._set_outsourcing_state("suspended", "Fell asleep", until)
        other.write({"vat": CODE, "company_id": company.id})
        self._merge(self.contractor, other)
        self.assertEqual(self.contractor.outsourcing_state, "suspended")
        self.assertEqual(self.contractor.outsourcing_state_until, until)
        self.assertIn("Fell asleep", self.contractor.outsourcing_state_reason)
        self.assertEqual(self.contractor.outsourcing_history_ids[:1].state_to, "suspended")
        self.assertFalse(self.contractor.company_id)  # both companies go on seeing it

    def test_evidence_stays_proven_after_a_merge_of_the_same_firm(self):
        self.contractor.vat = CODE
        chain = self._seal_photo()
        twin, last = self._firm(), self._firm("Once more")
        self._merge(twin, self.contractor)
        self.assertEqual(chain.evidence_ids.contractor_id, twin)
        self.assertFalse(chain._verify())
        self._merge(last, twin)
        self.assertFalse(chain._verify())

    def test_evidence_moved_by_hand_is_still_found(self):
        self.contractor.vat = CODE
        chain = self._seal_photo()
        self._merge(self._firm(), self.contractor)
        self.env.cr.execute(
            "UPDATE outsourcing_evidence SET contractor_id = %s WHERE chain_id = %s",
            [self.competitor.id, chain.id],
        )
        self.assertIn("its record was changed", chain._verify()[0])

    def _seal_photo(self):
        rows = self.contract.with_user(self.portal_contractor)._add_evidence(
            [("site.jpg", make_photo())], performer=self.performer
        )
        chain = rows.sudo().chain_id
        chain._seal()
        self.assertFalse(chain._verify())
        return chain

    def test_worker_entered_twice_is_merged(self):
        chain = self._seal_photo()
        twin = self._create_contact(" chen  foreman", self.contractor)
        self._merge(twin, self.performer)
        self.assertEqual(chain.evidence_ids.performer_id, twin)
        self.assertFalse(chain._verify())

    def test_worker_with_records_is_not_merged_into_somebody_else(self):
        self._seal_photo()
        for other in (
            self._create_contact("Another", self.contractor),
            self._create_contact("Chen Foreman", self.competitor),
            self._create_contact("Chen Foreman"),
        ):
            with self.assertRaisesRegex(UserError, "the same name, in the same firm"):
                self._merge(other, self.performer)

    def test_contacts_nobody_names_are_merged_as_ever(self):
        one, two = self.env["res.partner"].create([{"name": "Shop"}, {"name": "Another shop"}])
        self._merge(one, two)
        self.assertFalse(two.exists())
        self.assertFalse(self.env["outsourcing.partner.merge"].search([("partner_id", "=", one.id)]))

    def test_nobody_writes_the_record_of_merges(self):
        self.contractor.vat = CODE
        twin = self._firm()
        self._merge(twin, self.contractor)
        merge = self.env["outsourcing.partner.merge"].search([("partner_id", "=", twin.id)])
        for acting in (merge.with_user(self.user_admin), merge.sudo()):
            with self.assertRefused("Merged contacts are recorded by the system alone.", AccessError):
                acting.write({"former_id": self.competitor.id})
            with self.assertRefused("Merged contact", AccessError):
                acting.with_context(_force_unlink=True).unlink()
            with self.assertRefused("Merged contacts are recorded by the system alone.", AccessError):
                acting.create({"partner_id": twin.id, "former_id": self.competitor.id})
