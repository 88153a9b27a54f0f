from collections import Counter

from odoo import api, fields, models

PLACES = ("building", "public_area")  # never the home: nobody knows whose comment it is


class OutsourcingSurveyComment(models.Model):
    """What a comment may be about: proposed by its words, corrected by the manager."""

    _inherit = "outsourcing.survey.comment"

    problem_id = fields.Many2one(
        "outsourcing.complaint.problem",
        compute="_compute_problem_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        help="Proposed by the words; correct it before you make a complaint.",
    )
    service_type_id = fields.Many2one(
        "outsourcing.service.type",
        "Service",
        compute="_compute_problem_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        help="By it the contract is found.",
    )
    location_id = fields.Many2one(
        "outsourcing.location",
        "Place",
        compute="_compute_location_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        domain=f"[('community_id', '=', community_id), ('kind', 'in', {PLACES})]",
        help="A building or public place that the comment names.",
    )

    @api.depends("text", "round_id")
    def _compute_problem_id(self):
        problems = self._get_parts_of_problems()
        spread = Counter(part for own, category in problems.values() for part in own | category)
        none = self.env["outsourcing.complaint.problem"]
        for comment in self:
            parts = self._cut(comment.text or "")
            scores = {
                problem: sum(2 / spread[part] for part in parts & own)
                + sum(1 / spread[part] for part in parts & category)
                for problem, (own, category) in problems.items()
            }
            best = max(scores.values(), default=0)
            found = none.union(*(problem for problem, score in scores.items() if best and score == best))
            services = {problem.service_type_id for problem in found}
            comment.problem_id = found if len(found) == 1 else False
            comment.service_type_id = services.pop() if len(services) == 1 else False

    @api.depends("text", "round_id")
    def _compute_location_id(self):
        places = self._get_named_places()
        for comment in self:
            text, known = comment.text or "", places.get(comment.round_id.community_id, ())
            named = [place for place in known if place.name in text]
            comment.location_id = max(named, key=lambda place: len(place.name), default=False)

    def _get_parts_of_problems(self):
        """Return the parts of what problems are called: dict problem -> (own, of its category), two sets."""
        lang = self.round_id[:1].company_id.sudo().partner_id.lang  # its language: that of the households
        problems = self.env["outsourcing.complaint.problem"].sudo().search([])  # what they are called
        return {
            problem.sudo(False): (self._cut(told.name), self._cut(told.category_id.name))
            for problem, told in zip(problems, problems.with_context(lang=lang), strict=True)
        }

    def _get_named_places(self):
        """Return the buildings and public places of the communities: dict community -> locations."""
        communities = self.round_id.community_id
        domain = [("community_id", "in", communities.ids), ("kind", "in", PLACES)]
        return self.env["outsourcing.location"].sudo().search(domain).grouped("community_id")  # their names

    @api.model
    def _cut(self, text):
        """Return what a text is compared by: words of Latin letters, pairs of signs of the others."""
        parts = set()
        for word in "".join(sign if sign.isalnum() else " " for sign in text.lower()).split():
            if word.isascii():
                parts |= {word} if len(word) > 2 else set()
            else:
                parts |= {word[place : place + 2] for place in range(len(word) - 1)}
        return parts
