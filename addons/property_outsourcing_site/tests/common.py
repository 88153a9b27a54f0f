from odoo import Command, fields

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.evidence_common import make_photo


class SiteCommon(OutsourcingCommon):
    """An active elevator contract with its inspections. Contractors act through the private methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.tsg = cls.env.ref("property_outsourcing_site.checklist_tsg_a")
        cls.daily = cls.env.ref("property_outsourcing_site.checklist_elevator_daily")
        cls.today = fields.Date.context_today(cls.env.user)
        cls.photo_number = 0

    @classmethod
    def _photos(cls, count=1):
        """Return ``count`` different photos."""
        photos = []
        for _n in range(count):
            cls.photo_number += 1
            colour = (cls.photo_number * 37 % 256, cls.photo_number * 91 % 256, cls.photo_number * 53 % 256)
            photos.append((f"photo{cls.photo_number}.jpg", make_photo(color=colour)))
        return photos

    @classmethod
    def _create_inspection(cls, **vals):
        """Return a planned half-monthly maintenance of the elevator by the contractor."""
        return cls.env["outsourcing.inspection"].create(
            {
                "contract_id": cls.contract.id,
                "kind": "maintenance",
                "checklist_id": cls.tsg.id,
                "equipment_id": cls.elevator.id,
                **vals,
            }
        )

    @classmethod
    def _as_portal(cls, record, user=None):
        return record.with_user(user or cls.portal_contractor)

    @classmethod
    def _start(cls, inspection):
        """Start as the contractor's foreman; return the record with the portal user."""
        inspection = cls._as_portal(inspection)
        inspection._portal_start(cls.performer)
        return inspection

    @classmethod
    def _answers(cls, inspection, **special):
        """Return passing answers to every item; ``A_1_29={...}`` replaces the answer to A-1-29."""
        answers = {}
        for line in inspection.sudo().line_ids:
            answer = {"result": "pass"}
            if line.judge == "N":
                answer["value"] = (line.value_min + 1) if line.has_value_min else line.value_max
            elif line.judge == "T" or line.requires_photo:
                answer["files"] = cls._photos()
            answers[line.id] = special.get(line.code.replace("-", "_"), answer)
        return answers

    @classmethod
    def _line(cls, inspection, code):
        return inspection.sudo().line_ids.filtered(lambda line: line.code == code)

    @classmethod
    def _create_done_inspection(cls, special=None, **vals):
        """Return an inspection handed in by the contractor."""
        inspection = cls._start(cls._create_inspection(**vals))
        inspection._portal_save(cls._answers(inspection, **(special or {})))
        inspection._portal_submit()
        return inspection.with_env(cls.env)

    @classmethod
    def _create_defect(cls, **vals):
        """Return an open defect a supervisor found."""
        defect = cls.env["outsourcing.defect"].with_user(cls.user_supervisor)
        return defect.create(
            {"contract_id": cls.contract.id, "description": "Car light broken", **vals}
        ).with_env(cls.env)

    @classmethod
    def _create_log(cls, contract=None, user=None, **vals):
        """Return a draft log of the contractor, with the portal user."""
        user = user or cls.portal_contractor
        contract = (contract or cls.contract).with_user(user)
        values = {
            "content": "Greased the guide rails",
            "performer_ids": cls.performer.ids,
            "weather": "sunny",
            **vals,
        }
        return cls.env["outsourcing.site.log"].with_user(user)._portal_create(contract, values, cls._photos())

    @classmethod
    def _create_equipment(cls, count):
        return cls.env["maintenance.equipment"].create(
            [
                {
                    "name": f"Elevator {number}",
                    "outsourcing_location_id": cls.building.id,
                    "outsourcing_service_type_id": cls.service_elevator.id,
                    "company_id": cls.company.id,
                }
                for number in range(count)
            ]
        )

    @classmethod
    def _create_plan(cls, **vals):
        """Return a daily plan of the contractor for the elevator."""
        return cls.env["outsourcing.inspection.plan"].create(
            {
                "contract_id": cls.contract.id,
                "kind": "patrol",
                "party": "contractor",
                "checklist_id": cls.daily.id,
                "frequency": "daily",
                "equipment_ids": [Command.set(cls.elevator.ids)],
                **vals,
            }
        )
