import base64

from odoo.fields import Command
from odoo.tests import Form

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.contract_year import month_start
from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf, make_photo

PRICES = {"MB-01": 185.0, "ZM-01": 68.35, "GS-01": 95.2}


class RepairsFactory:
    """A framework for small repairs and its work orders, for ``OutsourcingCommon``."""

    @classmethod
    def _create_framework_draft(cls, **vals):
        """Return a draft framework of at most 10,000.00 with three unit prices."""
        items = [
            Command.create({"code": code, "name": f"Item {code}", "price_unit": price})
            for code, price in PRICES.items()
        ]
        values = {"amount_total": 10000.0, "item_ids": items, **vals}
        contract = cls.env["outsourcing.contract"].create(
            cls._prepare_contract("service_type_repairs", **values)
        )
        contract._load_presets()
        return contract

    @classmethod
    def _create_framework(cls, **vals):
        """Return an active framework for small repairs."""
        return cls._activate(cls._create_framework_draft(**vals))

    @classmethod
    def _item(cls, contract, code):
        return contract.item_ids.filtered(lambda item: item.code == code)

    @classmethod
    def _call_off(cls, contract, quantities, user=None, **vals):
        """Let a supervisor call off an order.

        :param dict quantities: code of an item -> planned quantity
        """
        lines = [
            Command.create({"item_id": cls._item(contract, code).id, "quantity_planned": quantity})
            for code, quantity in quantities.items()
        ]
        order = contract.with_user(user or cls.user_supervisor)._dispatch_order(
            {"name": "Repair", "outsourcing_order_line_ids": lines, **vals}
        )
        cls.env.flush_all()  # as at the end of a request
        return order.with_env(cls.env)

    @classmethod
    def _add_photo(cls, order):
        colour = (order.id * 37 % 256, order.id * 91 % 256, order.id * 53 % 256)
        photos = [("done.jpg", make_photo(color=colour))]
        order.with_user(cls.portal_contractor)._add_evidence(photos, "after")

    @classmethod
    def _report(cls, order, quantities=None, extra=()):
        """Let the contractor report; by default what was planned.

        :param dict quantities: code of an item -> performed quantity
        """
        if not order.evidence_ids:
            cls._add_photo(order)
        performed = {
            line.id: line.quantity_planned if quantities is None else quantities[line.code]
            for line in order.outsourcing_order_line_ids
        }
        order.with_user(cls.portal_contractor)._portal_report_work(performed, extra, cls.performer)
        return order

    @classmethod
    def _report_on_paper(cls, order, signer, *files):
        """Fill in the dialogue of the report on paper as the user of ``order``."""
        action = order.action_outsourcing_report_paper()
        upload = Form(order.env[action["res_model"]].with_context(**action["context"]))
        upload.performer_id = signer
        for name, content in files or [("report.pdf", make_pdf(f"report of {order.id}"))]:
            with upload.file_ids.new() as line:
                line.name, line.content = name, base64.b64encode(content)
        upload.save().action_apply()
        return order

    @classmethod
    def _accept(cls, order, day=None):
        order.with_user(cls.user_supervisor)._accept_quantities(day)
        return order

    @classmethod
    def _perform(cls, contract, quantities, day=None, **vals):
        """Return an order called off, reported as planned and accepted on ``day``."""
        return cls._accept(cls._report(cls._call_off(contract, quantities, **vals)), day)


class RepairsCommon(RepairsFactory, OutsourcingCommon):
    MONTH = month_start(9)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.framework = cls._create_framework()
        cls.door = cls._item(cls.framework, "MB-01")
