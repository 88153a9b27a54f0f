"""Core's own pages of the portal, where they reach into contracts; tests/core_routes.py lists them all."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.project.controllers.portal import ProjectCustomerPortal
from odoo.addons.purchase.controllers.portal import CustomerPortal as PurchasePortal

ACCOUNT = "/my/outsourcing/account"


class OutsourcingAccountDoors(CustomerPortal):
    """Firms and their people keep their contact data on a page of ours, the rest is for staff."""

    @route()
    def account(self, **kwargs):
        """Lead the people of firms to their own data."""
        if request.env.user._is_outsourcing_firm_member():
            return request.redirect(ACCOUNT)
        return super().account(**kwargs)

    @route()
    def my_addresses(self, **query_params):
        """Lead the people of firms to their own data: contracts print the firm's addresses."""
        if request.env.user._is_outsourcing_firm_member():
            return request.redirect(ACCOUNT)
        return super().my_addresses(**query_params)

    @route()
    def portal_address(self, *args, **kwargs):
        """Lead the people of firms to their own data: contracts print the firm's addresses."""
        if request.env.user._is_outsourcing_firm_member():
            return request.redirect(ACCOUNT)
        return super().portal_address(*args, **kwargs)

    def _create_or_update_address(self, partner_sudo, *args, **form_data):
        try:
            with request.env.cr.savepoint():
                return super()._create_or_update_address(partner_sudo, *args, **form_data)
        except UserError as error:
            return partner_sudo, {"invalid_fields": [], "messages": [str(error.args[0])]}


class OutsourcingOrderDoors(ProjectCustomerPortal):
    """Work orders have a page of their own, with limits, photos and steps."""

    @route()
    def portal_my_task(self, task_id, **kw):
        """Lead to the page of the work order."""
        return _lead("project.task", task_id, _get_order_url, kw) or super().portal_my_task(task_id, **kw)

    @route()
    def portal_my_project_task(self, project_id=None, task_id=None, **kw):
        """Lead to the page of the work order."""
        url = _lead("project.task", task_id, _get_order_url, kw)
        return url or super().portal_my_project_task(project_id=project_id, task_id=task_id, **kw)

    @route()
    def portal_my_project(self, project_id=None, **kw):
        """Lead to the contract's page."""
        url = _lead("project.project", project_id, _get_contract_url, kw)
        return url or super().portal_my_project(project_id=project_id, **kw)


class OutsourcingPurchaseDoors(PurchasePortal):
    """The order behind a contract is no document of the vendor: the contract is."""

    @route()
    def portal_my_purchase_order(self, order_id=None, **kw):
        """Lead to the contract's page."""
        url = _lead("purchase.order", order_id, _get_contract_url, kw)
        return url or super().portal_my_purchase_order(order_id=order_id, **kw)

    @route()
    def portal_my_purchase_order_download_edi(self, order_id=None, **kw):
        """Lead to the contract's page."""
        url = _lead("purchase.order", order_id, _get_contract_url, kw)
        return url or super().portal_my_purchase_order_download_edi(order_id=order_id, **kw)


def _lead(model, record_id, get_url, params):
    """Return the redirect to our page of a record that belongs to a contract; None for all others."""
    if not request.env.user.share:
        return None
    try:
        record = CustomerPortal._document_check_access(
            CustomerPortal(), model, record_id, params.get("access_token")
        )
    except (AccessError, MissingError):
        return None  # core answers strangers
    return request.redirect(get_url(record)) if record.outsourcing_contract_id else None


def _get_order_url(order):
    return request.env.user._get_outsourcing_url(order)


def _get_contract_url(record):
    return request.env.user._get_outsourcing_url(record.outsourcing_contract_id)
