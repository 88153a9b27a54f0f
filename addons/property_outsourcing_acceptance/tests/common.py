from odoo import fields
from odoo.fields import Command

from odoo.addons.property_outsourcing.tests.common import PIXEL, OutsourcingCommon
from odoo.addons.property_outsourcing.tests.evidence_common import make_photo

SIGNATURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class AcceptanceCommon(OutsourcingCommon):
    """A facade repair (levels) and an elevator contract (scores), both running."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pixel = PIXEL
        cls.works = cls._create_works_contract()
        cls.row1, cls.row2, cls.row3 = cls.works.milestone_ids.sorted("sequence")
        cls.row1.work_kind_ids = cls._kinds("base", "bedding", "tiling")

    @classmethod
    def _kinds(cls, *names):
        xmlids = (f"property_outsourcing_site.work_kind_{name}" for name in names)
        return cls.env["outsourcing.work.kind"].union(*(cls.env.ref(xmlid) for xmlid in xmlids))

    # ---- levels -----------------------------------------------------------------------------------------

    @classmethod
    def _start(cls, row=None, third_party=True):
        """Return the acceptance of ``row``, opened by a manager, at its first level."""
        row = row or cls.row1
        row.with_user(cls.user_manager).action_start_acceptance()
        acceptance = row.acceptance_ids.filtered(lambda a: a.state == "draft").with_user(cls.user_manager)
        if third_party and acceptance.requires_third_party:
            acceptance.third_party_id = cls.third_party
        acceptance.action_submit()
        return acceptance.with_env(cls.env)

    @classmethod
    def _pass_lines(cls, acceptance):
        lines = acceptance.line_ids.with_user(cls.user_supervisor)
        for line in lines.filtered(lambda line: not line.result):
            vals = {"result": "pass"}
            if line.has_value_min or line.has_value_max:
                vals["value"] = line.value_max if line.has_value_max else line.value_min
            line.write(vals)

    @classmethod
    def _sign(cls, acceptance, user, result="pass", **vals):
        values = {"comment": "Seen on site", "signature": SIGNATURE, "signer_name": user.name, **vals}
        acceptance.browse(acceptance.id).with_user(user)._portal_sign(result, **values)
        acceptance.invalidate_recordset()

    @classmethod
    def _accept(cls, row=None, amount=None):
        """Return an accepted acceptance of ``row``, all its parties having signed."""
        acceptance = cls._start(row)
        cls._sign(acceptance, cls.portal_contractor, accepted_amount=amount)
        cls._pass_lines(acceptance)
        cls._sign(acceptance, cls.user_supervisor)
        if acceptance.requires_third_party:
            cls._sign(acceptance, cls.portal_third_party)
        if acceptance.requires_witness:
            cls._sign(acceptance, cls.portal_representative)
        return acceptance

    # ---- scores -----------------------------------------------------------------------------------------

    @classmethod
    def _create_sheets(cls, contract, month=None):
        """Return the score sheets of the contract's ended periods (or of one month), as drafts."""
        rows = contract.milestone_ids.filtered(lambda row: not month or row.date_end.month == month)
        sheets = cls.env["outsourcing.acceptance"].with_user(cls.user_supervisor)
        return sheets._create_month_sheets(rows.with_user(cls.user_supervisor))

    # ---- concealed works --------------------------------------------------------------------------------

    @classmethod
    def _create_concealed(cls, **vals):
        work = cls.env["outsourcing.concealed.work"].with_user(cls.user_supervisor)
        return work.create(
            {
                "title": "Tile bedding",
                "location": "Building 3, east wall",
                "milestone_id": cls.row1.id,
                "planned_date": fields.Datetime.add(fields.Datetime.now(), hours=49),
                **vals,
            }
        )

    @classmethod
    def _add_photos(cls, document, *phases, user=None):
        for number, phase in enumerate(phases):
            photo = make_photo(color=(10 * number, len(document.evidence_ids) * 5 % 255, document.id % 255))
            document.with_user(user or cls.portal_contractor)._add_evidence(
                [(f"{phase}.jpg", photo)], phase=phase
            )
        document.invalidate_recordset()

    @classmethod
    def _cover(cls, work):
        """Take a draft through notice, inspection and covering."""
        work.with_user(cls.portal_contractor)._portal_notify(
            fields.Datetime.add(fields.Datetime.now(), hours=49), SIGNATURE, "Contractor"
        )
        cls._add_photos(work, "before", "during")
        cls._sign(work, cls.user_supervisor)
        cls._add_photos(work, "after")
        work.with_user(cls.portal_contractor)._portal_cover()
        work.invalidate_recordset()

    @classmethod
    def _bill(cls, contract):
        """Create the draft bill core would make of what is received."""
        order = contract.purchase_order_id
        lines = order.order_line.filtered("qty_to_invoice")
        move = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": order.partner_id.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [Command.create(line._prepare_account_move_line()) for line in lines],
            }
        )
        contract.milestone_ids.invalidate_recordset()
        return move
