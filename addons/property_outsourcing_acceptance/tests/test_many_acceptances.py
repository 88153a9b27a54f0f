import itertools
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, ManyWorksCommon, Step
from odoo.addons.property_outsourcing.tests.evidence_common import make_photo

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestManyScores(DocumentsCommon, AcceptanceCommon):
    """Months of thirty contracts of thirty firms are scored in the queries of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        start = fields.Date.today().replace(day=1) - relativedelta(months=2)
        terms = {"date_start": start, "date_end": start + relativedelta(months=12, days=-1)}
        drafts = [
            cls._create_contract(**terms, **cls._create_parties(number)) for number in range(cls.MANY + 2)
        ]
        cls.rows = cls._union([contract.milestone_ids[0] for contract in cls._activate(cls._union(drafts))])

    def test_months_are_scored_and_accepted_for_the_price_of_one(self):
        self._take_steps(
            self.rows, Step("outsourcing.contract.milestone._create_month_sheets", self.user_supervisor)
        )
        sheets = self.rows.acceptance_ids
        self._take_steps(
            sheets,
            Step("outsourcing.acceptance.action_reload_facts", self.user_supervisor),
            Step("outsourcing.acceptance.action_score", self.user_supervisor),
            Step("outsourcing.acceptance._process_deemed"),
        )
        self.assertEqual(set(sheets.mapped("state")), {"accepted"})
        self._take_steps(
            sheets,
            Step("outsourcing.acceptance.action_withdraw", self.user_manager),
            Step("outsourcing.acceptance._withdraw", self.user_manager, ("Wrong month",)),
        )

    def test_disputed_scores_are_decided_for_the_price_of_one(self):
        self.rows.with_user(self.user_supervisor)._create_month_sheets()
        sheets = self.rows.acceptance_ids
        sheets.with_user(self.user_supervisor).action_score()
        sheets._gated().write({"state": "disputed", "dispute_reason": "It rained"})
        self._take_steps(
            sheets,
            Step("outsourcing.acceptance.action_decide_score", self.user_manager),
            Step("outsourcing.acceptance._decide_score", self.user_manager, ("It stands",)),
        )
        self.assertEqual(set(sheets.mapped("state")), {"accepted"})


@tagged("post_install", "-at_install")
class TestManyAcceptances(AcceptanceCommon, ManyWorksCommon):
    """Levels and concealed works of thirty contracts of thirty firms take the queries of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._union([contract.milestone_ids[1] for contract in cls.many_works])

    def _start_all(self):
        for row in self.rows:
            row.with_user(self.user_manager).action_start_acceptance()
        return self.rows.acceptance_ids

    def test_levels_are_submitted_reminded_and_rejected_for_the_price_of_one(self):
        acceptances = self._start_all()
        self._take_steps(
            acceptances,
            Step("outsourcing.acceptance.action_submit", self.user_manager),
            Step("outsourcing.acceptance._process_late"),
        )
        self.assertEqual(set(acceptances.mapped("state")), {"self_check"})
        self._take_steps(
            acceptances,
            Step("outsourcing.acceptance.action_pass_remaining", self.user_supervisor),
            Step("outsourcing.acceptance.action_reject", self.user_manager),
            Step("outsourcing.acceptance._reject", self.user_manager, ("Hollow",)),
        )
        self.assertEqual(set(acceptances.mapped("state")), {"rejected"})

    def _call_witnesses(self):
        """Return acceptances that wait for the owners' witness alone."""
        self.rows._gated().write({"requires_witness": True})
        for row in self.rows:
            row.community_id.representative_ids = self._create_contact(f"Owner {row.id}")
        acceptances = self._start_all()
        acceptances.with_user(self.user_manager).action_submit()
        acceptances._gated().write({"date_planned": fields.Datetime.now()})
        return acceptances

    def test_witnesses_are_invited_and_missed_for_the_price_of_one(self):
        acceptances = self._call_witnesses()
        self._take_steps(
            acceptances,
            Step(
                "outsourcing.acceptance.action_invite_witness",
                self.user_supervisor,
                core=lambda: self._tell_by_core(acceptances),
            ),
        )
        stages = acceptances.stage_ids
        stages.filtered(lambda stage: stage.level != "witness")._gated().write({"result": "pass"})
        acceptances._gated().write({"state": "property_check"})
        acceptances.line_ids._gated().write({"result": "pass"})
        self._take_steps(acceptances, Step("outsourcing.acceptance._process_witness_no_shows"))
        self.company.outsourcing_witness_no_show = "proceed"
        self._take_steps(acceptances, Step("outsourcing.acceptance._process_witness_no_shows"))
        self.assertEqual(set(acceptances.mapped("state")), {"accepted"})

    # ---- concealed works --------------------------------------------------------------------------------

    def _create_concealed_works(self, state, **vals):
        works = self.env["outsourcing.concealed.work"].with_user(self.user_supervisor)
        works = works.create(
            [
                {
                    "title": "Tile bedding",
                    "location": "East wall",
                    "milestone_id": row.id,
                    "planned_date": fields.Datetime.now() + timedelta(hours=49),
                }
                for row in self.rows
            ]
        )
        works._gated().write({"state": state, **vals})
        return works.with_env(self.env)

    def _photograph(self, works, *phases):
        for work, phase in itertools.product(works, phases):
            colour = (work.id * 37 % 256, work.id * 91 % 256, ord(phase[0]) * 37 % 256)
            photo = (f"{phase}.jpg", make_photo(color=colour))
            work.with_user(self.user_supervisor)._add_evidence([photo], phase=phase)

    def test_concealed_works_are_noticed_and_missed_for_the_price_of_one(self):
        works = self._create_concealed_works("draft")
        self._take_steps(works, Step("outsourcing.concealed.work.action_notify", self.user_supervisor))
        works._gated().write({"planned_date": fields.Datetime.now() - timedelta(days=3)})
        self._take_steps(works, Step("outsourcing.concealed.work._process_no_shows"))
        self._photograph(works, "before", "during")
        works.stage_ids.filtered(lambda stage: stage.level == "self_check")._gated().write({"result": "pass"})
        self.company.outsourcing_concealed_no_show = "deemed"
        self._take_steps(works, Step("outsourcing.concealed.work._process_no_shows"))
        self.assertEqual(set(works.mapped("state")), {"accepted"})
        self._photograph(works, "after")
        self._take_steps(works, Step("outsourcing.concealed.work.action_cover", self.user_supervisor))
        self.assertEqual(set(works.mapped("state")), {"covered"})

    def test_works_covered_unseen_are_laid_open_for_the_price_of_one(self):
        works = self._create_concealed_works("notified")
        self._take_steps(
            works,
            Step("outsourcing.concealed.work.action_report_unaccepted", self.user_supervisor),
            Step("outsourcing.concealed.work._report_unaccepted", self.user_supervisor, ("Covered",)),
            Step("outsourcing.concealed.work.action_strip", self.user_manager),
            Step("outsourcing.concealed.work._strip", self.user_manager, ("Look again",)),
        )
        self.assertEqual(set(works.mapped("state")), {"draft"})
