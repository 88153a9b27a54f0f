from odoo.tests import tagged

from .comment_common import CommentCommon


@tagged("post_install", "-at_install")
class TestCommentProposal(CommentCommon):
    """What a comment is about, by its words."""

    def test_the_problem_with_the_rarest_words_in_common_is_proposed(self):
        comment = self._comment("Nobody hears the intercom")
        intercom = self.env.ref("property_outsourcing_complaint.problem_smart_intercom")
        self.assertEqual(comment.problem_id, intercom)
        self.assertEqual(comment.service_type_id, intercom.service_type_id)

    def test_of_a_category_alone_the_service_is_proposed(self):
        comment = self._comment("We love our greening")
        self.assertFalse(comment.problem_id)
        self.assertEqual(comment.service_type_id, self.env.ref("property_outsourcing.service_type_greening"))

    def test_chinese_is_compared_by_pairs_of_signs(self):
        parts = self.env["outsourcing.survey.comment"]._cut("电梯停运，B区")
        self.assertEqual(parts, {"电梯", "梯停", "停运", "b区"})

    def test_a_building_is_proposed_and_never_a_room(self):
        self.rooms[0].name = "Room 101"
        comments = self._comment("Dirt in Building 3", "The door of Room 101 is dirty", "Xyz")
        places = {comment.text: comment.location_id for comment in comments}
        self.assertEqual(places["Dirt in Building 3"], self.building)
        self.assertFalse(places["The door of Room 101 is dirty"])
        self.assertFalse(places["Xyz"])

    def test_places_of_other_communities_are_not_proposed(self):
        self.env["outsourcing.location"].create(
            {"name": "Pavilion", "kind": "building", "community_id": self.other_community.id}
        )
        self.assertFalse(self._comment("The Pavilion is dirty").location_id)
