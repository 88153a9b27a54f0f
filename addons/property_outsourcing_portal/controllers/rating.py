from datetime import datetime

from odoo.fields import Date
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day

from ..models.rating.rating_portal import COMMENT_MAX
from .answer import OutsourcingAnswer
from .form_input import OutsourcingFormInput
from .page import BADGES, OutsourcingPage

LIST = "/my/outsourcing/ratings"
GIVEN = 40


class OutsourcingRatings(OutsourcingPage, OutsourcingAnswer, OutsourcingFormInput, Controller):
    """Finished work of the communities a person represents: stars, and a comment for the property company."""

    _section = "ratings"

    def _get_title(self):
        return request.env._("Rate finished work")

    @route(
        "/my/outsourcing/ratings",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_ratings(self, tab="open", **kwargs):
        """List what waits for stars, or what was rated."""
        self._check_representative()
        rows = self._prepare_given() if tab == "given" else self._prepare_open()
        tabs = {"open": request.env._("To rate"), "given": request.env._("Rated")}
        values = {"rows": rows, "tabs": tabs, "tab": tab if tab in tabs else "open"}
        return self._render(
            "property_outsourcing_portal.portal_ratings", {**values, "back_url": "/my/outsourcing"}
        )

    @route(
        "/my/outsourcing/ratings/<string:section>/<int:document_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_rating(self, section, document_id, **kwargs):
        """Show one piece of finished work with its stars."""
        return self._show_rating(section, *self._get_work(section, document_id))

    @route(
        "/my/outsourcing/ratings/<string:section>/<int:document_id>/give",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_rating_give(self, section, document_id, stars=None, comment="", **kwargs):
        """Give stars, or change them."""
        document, rating = self._get_work(section, document_id)
        form = {"stars": self._to_int(stars) or 0, "comment": self._to_text(comment, COMMENT_MAX)}
        ratings = request.env["outsourcing.owner.rating"]

        def give():
            ratings._portal_rate(section, document_id, form["stars"], form["comment"])

        error = self._attempt(give)
        if error:
            return self._refuse(error, lambda: self._show_rating(section, document, rating, error, form))
        return self._succeed(document.browse(), LIST, request.env._("Thank you for the rating."))

    # ---- inside -----------------------------------------------------------------------------------------

    def _check_representative(self):
        if "representative" not in self._get_roles():
            raise request.not_found()

    def _get_work(self, section, document_id):
        """Return (document, rating), both in sudo; "not found" for all that is of no own community."""
        self._check_representative()
        ratings, user = request.env["outsourcing.owner.rating"], request.env.user
        rating = ratings._find_of(section, document_id)
        if rating and rating._is_represented_by(user):
            return rating._get_document().exists(), rating
        document = ratings._find_work(user, section, document_id)
        if document is None:
            raise request.not_found()
        return document, rating

    def _show_rating(self, section, document, rating, error=None, form=None):
        work = request.env["outsourcing.owner.rating"]._get_works()[section]
        user = request.env.user
        change = rating and rating._may_change(user)
        values = {
            "doc": document,
            "firm": document[work.contract].contractor_id.name,
            "contract": document[work.contract].title,
            "community": document[work.community].name,
            "finished": self._say_day(document[work.date]),
            "rating": rating,
            "may_rate": change or not rating,
            "until": change and self._format_date(trade_day(user, rating._get_change_until())),
            "give_url": f"{LIST}/{section}/{document.id}/give",
            "error": error,
            "form": form or {"stars": rating.stars, "comment": rating.comment or ""},
            "page_title": self._name_work(document),
            "back_url": LIST,
        }
        return self._render("property_outsourcing_portal.portal_rating", values)

    def _name_work(self, document):
        """Return what people call the work: a month or a stage by its row, an order by its subject."""
        if document._name != "outsourcing.acceptance":
            return document.display_name
        row = document.milestone_id.name or document.name
        return f"{row} {document.contract_id.title}" if document.method == "score" else row

    def _say_day(self, moment):
        day = trade_day(request.env.user, moment) if isinstance(moment, datetime) else moment
        return self._format_date(day)

    def _prepare_open(self):
        rows = []
        for section, work, documents in request.env["outsourcing.owner.rating"]._find_unrated(
            request.env.user
        ):
            rows += [
                {
                    "url": f"{LIST}/{section}/{document.id}",
                    "title": self._name_work(document),
                    "subtitle": " · ".join(
                        (document[work.contract].contractor_id.name, document[work.community].name)
                    ),
                    "due": self._say_day(document[work.date]),
                    "due_class": "text-muted",
                    "moment": Date.to_date(document[work.date]),
                }
                for document in documents
            ]
        return sorted(rows, key=lambda row: row["moment"], reverse=True)

    def _prepare_given(self):
        user = request.env.user
        # sudo: of the communities the person represents
        ratings = request.env["outsourcing.owner.rating"].sudo().search(
            [("community_id", "in", user._get_represented_community_ids())], limit=GIVEN
        )  # fmt: skip
        sections = {work.model: section for section, work in ratings._get_works().items()}
        return [
            {
                "url": f"{LIST}/{sections[rating.res_model]}/{rating.res_id}",
                "title": rating.document,
                "subtitle": " · ".join((rating.contractor_id.name, rating.community_id.name)),
                "badge": rating._draw(),
                "badge_class": BADGES["yellow"],
                "due": self._say_day(rating.date_rated),
                "due_class": "text-muted",
            }
            for rating in ratings
            if rating.res_model in sections
        ]
