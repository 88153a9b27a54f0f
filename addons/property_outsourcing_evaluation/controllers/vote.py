from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.open_page import OutsourcingOpenPage

PAGES = "property_outsourcing_evaluation"


class OutsourcingVote(OutsourcingOpenPage, Controller):
    """The pages behind a household's slip and a building's poster; whoever holds the code votes.

    It does not matter who is logged in, a representative at home for example: the code is the household.
    """

    @route(
        "/outsourcing/vote/<string:code>",
        type="http", auth="public", website=True, multilang=False, methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_vote(self, code, **kwargs):
        """Show the questions, or that the household has voted."""
        ballot = self._find_ballot(code)
        return self._show_ballot(ballot) if ballot else self._show_unknown()

    @route(
        "/outsourcing/vote/<string:code>/send",
        type="http", auth="public", website=True, multilang=False, methods=["POST"], sitemap=False,
        csrf=False,
    )  # fmt: skip
    def outsourcing_vote_send(self, code, comment=None, **post):
        """Cast the vote; after a refusal everything chosen and typed is still there."""
        ballot = self._find_ballot(code)
        if not ballot:
            return self._show_unknown()
        levels = {
            question.id: self._to_int(post.get(f"q_{question.id}"))
            for question, _offered in ballot.round_id._get_levels()
        }
        said = self._to_text(comment, 1000)
        try:
            with request.env.cr.savepoint():
                ballot._vote(levels, said)
        except UserError as error:
            return self._show_ballot(ballot, {"levels": levels, "comment": said}, str(error.args[0]))
        return request.redirect(ballot._get_path(), 303)

    @route(
        "/outsourcing/vote/at/<string:code>",
        type="http", auth="public", website=True, multilang=False, methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_vote_at(self, code, **kwargs):
        """Ask for the room and the code of its slip."""
        building = self._find_building(code)
        return self._show_poster(building) if building else self._show_unknown()

    @route(
        "/outsourcing/vote/at/<string:code>/find",
        type="http", auth="public", website=True, multilang=False, methods=["POST"], sitemap=False,
        csrf=False,
    )  # fmt: skip
    def outsourcing_vote_find(self, code, room_id=None, slip=None, **post):
        """Lead to the ballot if room and code belong together."""
        building = self._find_building(code)
        if not building:
            return self._show_unknown()
        form = {"room_id": self._to_int(room_id), "slip": self._to_text(slip, 40)}
        attempts = request.env["outsourcing.survey.attempt"]
        if not attempts._may_try(building, form["room_id"] or 0):
            sentence = request.env._(
                "Too many tries just now. Scan the code on your slip instead, or try again in an hour."
            )
            return self._show_poster(building, form, sentence)
        ballot = self._find_ballot(form["slip"])
        if not ballot or ballot.building_id != building or ballot.location_id.id != form["room_id"]:
            sentence = request.env._("Room and code do not belong together: look at your slip again.")
            return self._show_poster(building, form, sentence)
        return request.redirect(ballot._get_path(), 303)

    # ---- what is shown ----------------------------------------------------------------------------------

    def _find_ballot(self, code):
        self._speak()
        return request.env["outsourcing.ballot"]._find(code)

    def _find_building(self, code):
        self._speak()
        return request.env["outsourcing.survey.building"]._find(code)

    def _show_unknown(self):
        values = {"phone": self._get_office_phone()}
        return self._show_open(f"{PAGES}.page_vote_unknown", values, 404)

    def _show_ballot(self, ballot, form=None, error=None):
        survey = ballot.round_id
        values = {
            "ballot": ballot,
            "survey": survey,
            "questions": survey._get_levels(),
            "comment_question": survey.survey_id._get_outsourcing_comment_question(),
            "is_open": survey._is_open(),
            "closed": survey._get_closed_sentence(),
            "chosen": set((form or {}).get("levels", {}).values()),
            "form": form or {},
            "error": error,
        }
        return self._show_open(f"{PAGES}.page_vote", values, 422 if error else 200)

    def _show_poster(self, building, form=None, error=None):
        survey = building.round_id
        rooms = building._get_ballots_by_room().location_id
        values = {
            "building": building,
            "survey": survey,
            "groups": [(unit.name, part) for unit, part in rooms.grouped("parent_id").items()],
            "is_open": survey._is_open(),
            "closed": survey._get_closed_sentence(),
            "form": form or {},
            "error": error,
        }
        return self._show_open(f"{PAGES}.page_vote_at", values, 422 if error else 200)
