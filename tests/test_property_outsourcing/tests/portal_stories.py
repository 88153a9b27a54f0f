from odoo.fields import Command


class PortalStories:
    """What the add-ons above the portal show its people, for ``PortalCommon``."""

    @classmethod
    def _evaluate(cls):
        """Return a quarter of the contractor, in preview, by the scorecard that is shipped."""
        evaluations = cls.env["outsourcing.evaluation"]
        quarter = evaluations._get_last_quarter(cls.company)
        fact = {"fact_type": "order_limited", "source": cls.contract, "contract": cls.contract}
        cls.env["outsourcing.fact"]._record(
            [{**fact, "date": quarter, "key": f"words:{number}"} for number in range(5)]
        )
        evaluation = evaluations._draw_up(cls.company, quarter, cls.contractor)
        judged = evaluation.line_ids.filtered(lambda line: line.method == "judged")
        judged._gated().write({"points": 80.0, "status": "rated", "note": "Dark"})
        evaluation.with_user(cls.user_manager).action_publish()
        return evaluation

    @classmethod
    def _report_what_is_wrong(cls):
        """A code in a building, and what a resident has reported there, done and to be confirmed."""
        place = cls.env["outsourcing.location"].create(
            {"name": "Building 7", "community_id": cls.community.id, "kind": "building"}
        )
        cls.code = cls.env["outsourcing.complaint.code"]._get_or_create(place)
        values = {
            "problem_id": cls.env.ref("property_outsourcing_complaint.problem_power_dark").id,
            "location_id": place.id,
            "description": "Dark",
            "reporter_ids": [Command.create({"channel": "page"})],
        }
        complaint, _known = (
            cls.env["outsourcing.complaint"].with_user(cls.user_supervisor).create([values, values])
        )
        complaint.action_accept()
        complaint._take_reasoned_step("answer", "Dark")
        complaint._take_reasoned_step("done", "Dark")
        cls.reporter = complaint.sudo().reporter_ids
        cls.reporter._keep_for(cls.portal_contractor)
