from odoo.exceptions import UserError
from odoo.http import request, route

from .order import OutsourcingOrderPages

EXTRA_ROWS = 3  # further items of the price list on one page


class OutsourcingOrderQuantityPages(OutsourcingOrderPages):
    """An order priced by quantity: what was done is reported by item, what is cut may be objected to."""

    def _prepare_detail_values(self, record, **kwargs):
        task = record.sudo()  # read access was checked by _get_record
        mine = task.outsourcing_contractor_id == self._get_firm()
        return {
            **super()._prepare_detail_values(record, **kwargs),
            **self._prepare_quantity_values(task, mine),
        }

    def _prepare_quantity_values(self, task, mine):
        """Return what the page shows of an order priced by quantity (``task`` in sudo)."""
        can_report = mine and task.outsourcing_measure_state == "estimate" and task.state != "1_canceled"
        lines, photos = task.outsourcing_order_line_ids, task.evidence_ids.sorted("id")
        used, company = lines.item_id, task.outsourcing_contract_id.company_id
        waits = task.outsourcing_measure_state in ("reported", "checked")
        return {
            "order_lines": lines if mine else lines.browse(),
            "may_measure": can_report,
            "answer_due": mine and waits and task.outsourcing_date_answer_due,
            "cut_state": mine and task.outsourcing_dispute_state,
            "may_dispute": mine and task._may_dispute(),
            "silence_accepts": company.outsourcing_repairs_silence == "deemed",
            "other_items": task.outsourcing_contract_id.item_ids - used if can_report else used.browse(),
            "extra_rows": range(1, EXTRA_ROWS + 1),
            "photos": photos if mine else photos.browse(),
            "may_add_photos": mine and task._takes_evidence(),
        }

    def _to_quantity(self, value):
        """Return what was typed as a quantity; empty is nothing."""
        return self._to_number(value, request.env._("%s is not a quantity."), least=0, below=1e9)

    @route(
        "/my/outsourcing/orders/<int:order_id>/quantities",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_quantities(self, order_id, performer_id="", **kwargs):
        """Report that the work is done, in these quantities."""
        record = self._get_record(order_id)
        details = self._read_details(kwargs)
        typed = {key: self._to_text(kwargs[key], 20) for key in kwargs if key.startswith(("qty_", "item_"))}

        def report():
            quantities, extra = self._read_quantities(record, typed)
            record._portal_report_work(quantities, extra, self._get_person(performer_id), details)

        form = {"performer_id": self._to_int(performer_id), **details, **typed}
        return self._change(record, report, request.env._("Reported. Thank you."), form)

    @route(
        "/my/outsourcing/orders/<int:order_id>/dispute",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_dispute(self, order_id, reason="", **kwargs):
        """Object to quantities accepted below the report."""
        record = self._get_record(order_id)
        form = {"reason": self._to_text(reason, 2000)}
        message = request.env._("Your objection is recorded. A manager answers it.")
        return self._change(record, lambda: record._portal_dispute(form["reason"]), message, form)

    @route(
        "/my/outsourcing/orders/<int:order_id>/agree",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_agree(self, order_id, **kwargs):
        """Agree to quantities accepted below the report."""
        record = self._get_record(order_id)
        return self._change(record, record._portal_agree_cut, request.env._("Recorded. Thank you."))

    def _read_quantities(self, record, typed):
        """Return the quantities of the order's lines (by id), and of further items as (id, quantity)."""
        lines = record.sudo().outsourcing_order_line_ids  # ids only; the report checks the party
        quantities = {
            line.id: self._to_quantity(typed[f"qty_{line.id}"]) for line in lines if f"qty_{line.id}" in typed
        }
        extra = []
        for row in range(1, EXTRA_ROWS + 1):
            item_id = self._to_int(typed.get(f"item_new{row}"))
            quantity = self._to_quantity(typed.get(f"qty_new{row}"))
            if quantity and not item_id:
                raise UserError(request.env._("Choose the item of the price list for each quantity."))
            if item_id:
                extra.append((item_id, quantity))
        return quantities, extra
