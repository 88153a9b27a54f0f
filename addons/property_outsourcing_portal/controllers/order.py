from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from .mixin import OutsourcingPortalMixin

STEPS = ("responded", "arrived", "completed")


class OutsourcingOrderPages(OutsourcingPortalMixin, Controller):
    _model = "project.task"
    _section = "orders"
    _detail_template = "property_outsourcing_portal.portal_order"

    def _get_title(self):
        return request.env._("Work orders")

    def _get_domain(self):
        return [("outsourcing_contract_id", "!=", False)]

    def _get_filters(self):
        return {
            "open": (request.env._("To do"), request.env.user._get_open_order_domain()),
            "reported": (
                request.env._("Reported done"),
                Domain([("outsourcing_date_completed", "!=", False)]),
            ),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _get_order(self):
        return "outsourcing_priority, id desc"

    def _get_record(self, record_id, model=None):
        record = super()._get_record(record_id, model)
        if not record.sudo().outsourcing_contract_id:  # other tasks have core's own pages
            raise request.not_found()
        return record

    def _prepare_row(self, record):
        deadline = record.date_deadline and record.date_deadline.date()
        text, css = self._format_deadline(deadline, done=bool(record.outsourcing_date_completed))
        place = record.outsourcing_equipment_id.name or record.outsourcing_location_id.name
        return {
            "url": self._get_url(record),
            "title": record.name,
            "subtitle": " · ".join(filter(None, (record.outsourcing_community_id.name, place))),
            "badge": self._get_step_label(record),
            "badge_class": self._get_badge("grey"),
            "due": text,
            "due_class": css,
        }

    def _get_step_label(self, record):
        if record.is_closed:
            return request.env._("Closed")
        labels = {
            "completed": request.env._("Reported done"),
            "arrived": request.env._("On site"),
            "responded": request.env._("Answered"),
        }
        for step, label in labels.items():
            if record[f"outsourcing_date_{step}"]:
                return label
        return request.env._("New order")

    def _prepare_detail_values(self, record, **kwargs):
        task = record.sudo()
        mine = task.outsourcing_contractor_id == request.env.user.partner_id.commercial_partner_id
        done = [step for step in STEPS if task[f"outsourcing_date_{step}"]]
        return {
            "page_title": task.name,
            "next_steps": STEPS[len(done) :] if mine and not task.is_closed else (),
            "people": request.env.user._get_outsourcing_people(),
            "step_label": self._get_step_label(task),
        }

    @route(
        ["/my/outsourcing/orders", "/my/outsourcing/orders/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_orders(self, page=1, tab=None, **kwargs):
        """List the work orders of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/orders/<int:order_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_order(self, order_id, **kwargs):
        """Show a work order and the step to report next."""
        return self._show_detail(self._get_record(order_id))

    @route(
        "/my/outsourcing/orders/<int:order_id>/report",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_order_report(self, order_id, step="", performer_id="", **kwargs):
        """Report that the order was answered, the people arrived, or the work is done."""
        record = self._get_record(order_id)

        def report():
            if step not in STEPS:
                raise UserError(request.env._("Choose what to report."))
            record._portal_report(step, self._get_person(performer_id))

        form = {"performer_id": self._to_int(performer_id)}
        return self._change(record, report, request.env._("Reported. Thank you."), form)
