import base64

from odoo.fields import Command

from odoo.addons.property_outsourcing.tests.common import PIXEL, OutsourcingCommon
from odoo.addons.property_outsourcing.tests.contract_year import month_start
from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf, make_photo

SIGNATURE = base64.b64encode(PIXEL)


class AmendmentCommon(OutsourcingCommon):
    """Amendments and site variations, from the draft to the signature."""

    photo_count = 0

    @classmethod
    def _draft_amendment(cls, contract, *lines, user=None, **vals):
        """Return a draft drawn up by a supervisor; ``lines`` are values of its changes."""
        values = {
            "title": "Change",
            "contract_id": contract.id,
            "reason": "Agreed on site",
            "date_effective": month_start(6),
            "line_ids": [Command.create(line) for line in lines],
            **vals,
        }
        amendment = cls.env["outsourcing.contract.amendment"].with_user(user or cls.user_supervisor)
        return amendment.create(values).with_env(cls.env)

    @classmethod
    def _submit_amendment(cls, contract, *lines, **vals):
        amendment = cls._draft_amendment(contract, *lines, **vals)
        amendment.with_user(cls.user_supervisor).action_submit()
        return amendment

    @classmethod
    def _approve_amendment(cls, contract, *lines, **vals):
        """Return an amendment that waits for the contractor's signature."""
        amendment = cls._submit_amendment(contract, *lines, **vals)
        amendment.with_user(cls.user_manager).action_approve()
        return amendment

    @classmethod
    def _sign_amendment(cls, amendment, user=None):
        amendment.with_user(user or cls.portal_contractor)._portal_sign(SIGNATURE, "Chen Foreman")
        return amendment

    @classmethod
    def _amend(cls, contract, *lines, **vals):
        """Return an amendment in force."""
        return cls._sign_amendment(cls._approve_amendment(contract, *lines, **vals))

    @classmethod
    def _price_foreign(cls, document, rate):
        """Make the contract one in a currency of which ``rate`` units are one of the company's."""
        currency = cls.env["res.currency"].create(
            {"name": "XTS", "symbol": "x", "rate_ids": [Command.create({"name": "2020-01-01", "rate": rate})]}
        )
        document.contractor_id.with_company(document.company_id).property_purchase_currency_id = currency
        document.contract_id._gated().write({"currency_id": currency.id})
        document.invalidate_recordset(["needs_second_approval"])

    # ---- variations -------------------------------------------------------------------------------------

    @classmethod
    def _photo(cls):
        cls.photo_count += 1
        return (f"photo{cls.photo_count}.jpg", make_photo(color=(cls.photo_count * 37 % 256, 90, 90)))

    @classmethod
    def _scan(cls):
        cls.photo_count += 1
        return (f"sheet{cls.photo_count}.pdf", make_pdf(f"signed {cls.photo_count}"))

    @classmethod
    def _add_item(cls, contract, price=180.0, quantity=100.0, **vals):
        values = {"contract_id": contract.id, "name": "Tiles", "price_unit": price, "quantity": quantity}
        return cls.env["outsourcing.contract.item"].create({**values, **vals})

    @classmethod
    def _draft_variation(cls, contract, *lines, photo=True, **vals):
        """Return a draft the contractor has begun on its phone."""
        variations = cls.env["outsourcing.variation"].with_user(cls.portal_contractor)
        values = {"title": "Hollow tiles", "reason": "Found on tapping", **vals}
        variation = variations._portal_create(contract.with_user(cls.portal_contractor), values)
        if lines:
            variation._portal_save({}, list(lines))
        if photo:
            variation._add_evidence([cls._photo()], phase="before")
        return variation.with_env(cls.env)

    @classmethod
    def _submit_variation(cls, contract, *lines, **vals):
        variation = cls._draft_variation(contract, *lines, **vals)
        variation.with_user(cls.portal_contractor)._portal_submit(SIGNATURE, "Chen Foreman")
        return variation

    @classmethod
    def _approve_variation(cls, contract, *lines, **vals):
        variation = cls._submit_variation(contract, *lines, **vals)
        variation.with_user(cls.user_supervisor).action_check()
        if variation.has_new_price:
            variation.with_user(cls.user_manager).action_agree_new_prices()
        variation.with_user(cls.user_manager).action_approve()
        return variation

    # ---- figures ----------------------------------------------------------------------------------------

    def _assert_in_step(self, contract, total):
        """Assert that rows, order and contract amount agree to the cent."""
        self.env.flush_all()
        self.env.invalidate_all()
        order = contract.purchase_order_id
        self.assertAlmostEqual(contract.amount_total, total, 2)
        self.assertAlmostEqual(sum(contract.milestone_ids.mapped("amount")), total, 2)
        self.assertAlmostEqual(sum(order.order_line.mapped("product_qty")), total, 2)
        self.assertAlmostEqual(order.amount_total, total, 2)
        for row in contract.milestone_ids:
            lines = row.purchase_line_ids
            self.assertAlmostEqual(sum(lines.mapped("product_qty")), row.amount, 2)
            self.assertAlmostEqual(sum(lines.mapped("qty_received")), row.amount_accepted, 2)
