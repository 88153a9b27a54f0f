from functools import partial

from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.mixin import OutsourcingPortalMixin

from ..models.card.outsourcing_card import IN_FORCE
from .appeal import AppealMixin


class OutsourcingCardPages(AppealMixin, OutsourcingPortalMixin, Controller):
    """The cards of a contractor: grounds with their records, the plan of rectification, the appeal."""

    _model = "outsourcing.card"
    _section = "cards"
    _detail_template = "property_outsourcing_evaluation.portal_card"
    _badge_by_state = {"issued": "red", "appealed": "blue", "closed": "green", "lifted": "green"}

    def _get_title(self):
        return request.env._("Yellow and red cards")

    def _get_filters(self):
        in_force = Domain("state", "in", IN_FORCE)
        return {
            "open": (request.env._("In force"), in_force),
            "past": (request.env._("Past"), ~in_force),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_row(self, record):
        text, css = self._format_deadline(record.plan_deadline) if record._awaits_plan() else ("", "")
        return {
            "url": self._get_url(record),
            "title": self._get_label(record, "color"),
            "subtitle": " · ".join((record.name, record.rule_id.name)),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        card = record.sudo()  # read access was checked by _get_record
        mine = card.contractor_id == request.env.user.partner_id.commercial_partner_id
        facts = card.with_context(active_test=False).fact_ids.sorted(lambda fact: (fact.date, fact.id))
        return {
            "page_title": self._get_label(card, "color"),
            "badge_class": self._get_badge(card.state),
            "in_force": card.state in IN_FORCE,
            "facts": [self._describe_fact(fact) for fact in facts],
            "may_plan": mine and card._awaits_plan(),
            "may_appeal": mine and card._may_be_appealed(),
            "accept": self._appeal_accept,
        }

    @route(
        ["/my/outsourcing/cards", "/my/outsourcing/cards/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_cards(self, page=1, tab=None, **kwargs):
        """List the cards of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/cards/<int:card_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_card(self, card_id, **kwargs):
        """Show a card with its grounds, and the forms for the plan and the appeal."""
        return self._show_detail(self._get_record(card_id))

    @route(
        "/my/outsourcing/cards/<int:card_id>/plan",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_card_plan(self, card_id, plan="", **kwargs):
        """Hand in the plan of rectification."""
        record, text = self._get_record(card_id), self._to_text(plan)
        success = request.env._("The plan is handed in. The property company verifies it on site.")
        return self._change(record, lambda: record._portal_hand_in_plan(text), success, {"plan": text})

    @route(
        "/my/outsourcing/cards/<int:card_id>/appeal",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_card_appeal(self, card_id, reason="", **kwargs):
        """Appeal against the card, with photos and files."""
        record, text = self._get_record(card_id), self._to_text(reason)
        success = request.env._("The appeal is lodged. Another manager has to answer it in time.")
        return self._lodge_appeal(record, success, {"reason": text}, partial(record._portal_appeal, text))

    @route(
        "/my/outsourcing/cards/<int:card_id>/file/<int:attachment_id>",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_card_file(self, card_id, attachment_id, **kwargs):
        """Send a file of the appeal."""
        return self._send_appeal_file(self._get_record(card_id), attachment_id)
