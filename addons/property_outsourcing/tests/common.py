import base64

from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .contract_common import ContractFactory
from .refusals import RefusalCase

GROUP = "property_outsourcing.group_outsourcing_"
# the smallest file that is an image
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class OutsourcingCommon(RefusalCase, ContractFactory, AccountTestInvoicingCommon):
    """The people, firms and communities of every test. Set-up runs as administrator, tests as a role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_users()
        cls._set_up_organisation()
        cls._set_up_contractors()

    @classmethod
    def get_default_groups(cls):
        return (
            super().get_default_groups() | cls.quick_ref(f"{GROUP}admin") | cls.quick_ref(f"{GROUP}finance")
        )

    @classmethod
    def _set_up_users(cls):
        cls.user_admin = cls._create_internal_user("wu_admin", "Wu Admin", "admin")
        cls.user_manager = cls._create_internal_user("zhang_manager", "Zhang Manager", "manager")
        cls.user_manager2 = cls._create_internal_user("liu_manager", "Liu Manager", "manager")
        cls.user_supervisor = cls._create_internal_user("wang_supervisor", "Wang Supervisor", "user")
        cls.user_supervisor2 = cls._create_internal_user("sun_supervisor", "Sun Supervisor", "user")
        cls.user_finance = cls._create_internal_user("zhao_finance", "Zhao Finance", "finance")
        cls.user_finance2 = cls._create_internal_user("qian_finance", "Qian Finance", "finance")
        cls.user_outsider = cls._create_internal_user("li_outsider", "Li Outsider", "user")

    @classmethod
    def _set_up_organisation(cls):
        cls.area = cls.env["outsourcing.area"].create({"name": "East area"})
        cls.community = cls.env["outsourcing.community"].create(
            {
                "name": "Sunshine Garden",
                "code": "SG01",
                "area_id": cls.area.id,
                "manager_id": cls.user_manager.id,
                "supervisor_ids": [Command.set((cls.user_supervisor | cls.user_supervisor2).ids)],
                "household_count": 1200,
            }
        )
        cls.other_community = cls.env["outsourcing.community"].create(
            {
                "name": "River Bay",
                "code": "RB01",
                "area_id": cls.area.id,
                "supervisor_ids": [Command.set(cls.user_outsider.ids)],
            }
        )
        cls.building = cls.env["outsourcing.location"].create(
            {
                "name": "Building 3",
                "kind": "building",
                "community_id": cls.community.id,
                "barcode": "LOC-SG01-3",
            }
        )
        cls.service_elevator = cls.env.ref("property_outsourcing.service_type_elevator")
        cls.elevator = cls.env["maintenance.equipment"].create(
            {
                "name": "Elevator 3-1",
                "outsourcing_location_id": cls.building.id,
                "outsourcing_service_type_id": cls.service_elevator.id,
                "outsourcing_registration_code": "31104401002023000001",
                "outsourcing_barcode": "EQ-SG01-3-1",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _set_up_contractors(cls):
        cls.contractor = cls._create_contractor("Steady Elevators", services=cls.service_elevator)
        cls.competitor = cls._create_contractor("Rapid Elevators", services=cls.service_elevator)
        cls.third_party = cls._create_contractor("Honest Inspection Institute")
        cls.performer = cls._create_contact("Chen Foreman", cls.contractor)
        cls.portal_contractor = cls._create_portal_user("13800000001", "Contractor's office", cls.contractor)
        cls.portal_competitor = cls._create_portal_user("13800000002", "Competitor's office", cls.competitor)
        cls.portal_third_party = cls._create_portal_user("13800000003", "Inspector", cls.third_party)
        cls.representative = cls._create_contact("Owner Zhou")
        cls.portal_representative = cls._create_portal_user("13800000004", partner=cls.representative)
        cls.community.representative_ids = cls.representative

    @classmethod
    def _create_internal_user(cls, login, name, role):
        return new_test_user(
            cls.env, login=login, name=name, email=False, groups=f"{GROUP}{role}", company_id=cls.company.id
        )

    @classmethod
    def _create_portal_user(cls, login, name=None, parent=None, partner=None):
        """Create a portal user who logs in with a mobile number and has no e-mail."""
        partner = partner or cls._create_contact(name, parent)
        return new_test_user(
            cls.env,
            login=login,
            email=False,
            groups="base.group_portal",
            partner_id=partner.id,
            name=partner.name,
            company_id=cls.company.id,
        )

    @classmethod
    def _create_contact(cls, name, parent=None):
        return cls.env["res.partner"].create(
            {"name": name, "parent_id": parent and parent.id, "type": "contact"}
        )

    @classmethod
    def _create_contractor(cls, name, services=None, state="qualified"):
        """Create a firm in the given state."""
        contractor = cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "outsourcing_state": "candidate",
                "outsourcing_service_type_ids": [Command.set(services.ids if services else [])],
            }
        )
        if state != "candidate":
            contractor.with_user(cls.user_manager)._set_outsourcing_state("qualified", "Admitted")
        if state not in ("candidate", "qualified"):
            contractor.with_user(cls.user_manager)._set_outsourcing_state(state, "Set up")
        return contractor.with_env(cls.env)

    @classmethod
    def _create_document(cls, document_type, partner=None, contract=None, verified=True, **vals):
        """Create a compliance document, uploaded by a supervisor and verified by a manager.

        :param document_type: record or the end of its xmlid, ``"business_license"`` for example
        :param partner: the contractor, by default that of the contract, or ``cls.contractor``
        :param contract: the contract it is for; taken up by types that are signed for one contract
        """
        if isinstance(document_type, str):
            document_type = cls.env.ref(f"property_outsourcing.document_type_{document_type}")
        today = fields.Date.today()
        owner = partner or (contract and contract.contractor_id) or cls.contractor
        values = {
            "type_id": document_type.id,
            "number": "DOC-1",
            "date_start": today - relativedelta(years=1),
            "date_end": today + relativedelta(years=1),
            "insured_amount": max(document_type.min_insured_amount, 1_000_000),
            "grade_id": document_type.grade_ids[:1].id,
            "partner_id": owner.id,
            **vals,
        }
        if document_type.scope == "contract" and contract:
            values["contract_id"] = contract.id
        if document_type.scope == "person" and not values.get("person_id"):
            values["person_id"] = (owner.child_ids[:1] or cls._create_contact("Worker", owner)).id
        document = cls.env["outsourcing.document"].with_user(cls.user_supervisor).create(values)
        cls._attach_scan(document)
        if verified:
            document.with_user(cls.user_manager).action_verify()
        return document.with_env(cls.env)

    @classmethod
    def _attach_scan(cls, document, name="scan.png"):
        attachment = document.env["ir.attachment"].create(
            {"name": name, "raw": PIXEL, "res_model": document._name, "res_id": document.id}
        )
        document.attachment_ids = [Command.link(attachment.id)]
        return attachment

    @classmethod
    def _file_letter(cls, contract):
        """File the contract's safety letter, without which it is not submitted; nobody has verified it."""
        return cls._create_document("safety_letter", contract=contract, verified=False)

    @classmethod
    def _create_required_documents(cls, partner=None, contract=None, firm_s_own=True):
        """Give a contractor every verified document its service types, or a contract, ask for.

        :param firm_s_own: False when those that count for every contract are there already
        """
        partner = partner or (contract and contract.contractor_id) or cls.contractor
        documents = cls.env["outsourcing.document"]
        for requirement in partner._get_document_requirements(contract):
            if not firm_s_own and requirement.document_type.scope != "contract":
                continue
            people = [{}]
            if requirement.min_person_count > 1:
                count = requirement.min_person_count
                people = [{"person_id": cls._create_contact(f"Worker {n}", partner).id} for n in range(count)]
            insured = max(requirement.min_insured_amount, 1_000_000)
            for vals in people:
                documents |= cls._create_document(
                    requirement.document_type, partner, contract, insured_amount=insured, **vals
                )
        return documents
