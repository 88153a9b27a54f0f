from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models.evidence import evidence_verification, outsourcing_evidence_chain
from .evidence_common import make_photo
from .evidence_document_common import TAKEN, EvidenceCommon

CRON = "property_outsourcing.ir_cron_outsourcing_evidence_verify"


@tagged("post_install", "-at_install")
class TestEvidenceVerification(EvidenceCommon):
    """Every day some chains are verified, those first that were not for longest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = [cls._create_active_contract(title=f"Other {n}") for n in range(2)]
        cls.contracts = [cls.contract, *cls.others]
        for number, contract in enumerate(cls.contracts):
            photo = make_photo(color=(number, 0, 0), exif_date=TAKEN)
            contract.with_user(cls.portal_contractor)._add_evidence([("site.jpg", photo)])
            contract._seal_evidence()
        cls.chains = cls.env["outsourcing.evidence.chain"].search(
            [("res_model", "=", "outsourcing.contract"), ("res_id", "in", [c.id for c in cls.contracts])],
            order="id",
        )

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def _forget(self, chains):
        evidence_verification.open_evidence(chains).write({"date_verified": False})
        self.env.flush_all()

    def _break(self, chain):
        self.env.flush_all()
        self.env.cr.execute("UPDATE outsourcing_evidence SET caption = 'x' WHERE chain_id = %s", chain.ids)
        self.env.invalidate_all()

    def _get_failures(self):
        return self.env["mail.activity"].search([("outsourcing_job_key", "like", "_verify_scheduled")])

    def test_intact_chains_say_when_they_were_verified(self):
        self._run()
        self.assertTrue(all(chain.date_verified for chain in self.chains))
        self.assertFalse(self._get_failures())

    def test_change_is_told_to_whoever_looks_after_the_document_and_stops_no_other(self):
        self._break(self.chains[0])
        self._run()
        failure = self._get_failures()
        self.assertEqual(failure.res_id, self.contract.id)
        self.assertIn("its record was changed", str(failure.note))
        self.assertEqual([bool(chain.date_verified) for chain in self.chains], [False, True, True])
        self._run()
        self.assertEqual(len(self._get_failures()), 1)
        self.assertEqual(self.chains._count_broken(), 1)

    def test_broken_chain_takes_no_place_of_another(self):
        self._break(self.chains[0])
        self._run()
        self._forget(self.chains[1])
        with (
            patch.object(evidence_verification, "AT_LEAST", 1),
            patch.object(evidence_verification, "DAYS", 10**6),
        ):
            self._run()
        self.assertTrue(self.chains[1].date_verified)

    def test_those_not_verified_for_longest_come_first(self):
        self._run()
        self._forget(self.chains[1:])
        with (
            patch.object(evidence_verification, "AT_LEAST", 1),
            patch.object(evidence_verification, "DAYS", 10**6),
        ):
            self._run()
        self.assertEqual([bool(chain.date_verified) for chain in self.chains], [True, True, False])

    def test_nobody_writes_the_day_of_the_verification(self):
        with self.assertRefused("A chain of evidence is kept by the system alone."):
            self.chains[0].with_user(self.user_manager).write({"date_verified": fields.Datetime.now()})

    def test_a_long_chain_is_verified_part_by_part(self):
        for number in range(4):
            photo = make_photo(color=(0, number, 9), exif_date=TAKEN)
            self.contract.with_user(self.portal_contractor)._add_evidence([(f"{number}.jpg", photo)])
        self.contract._seal_evidence()
        rows = self.chains[0].evidence_ids.sorted("seq")
        with patch.object(outsourcing_evidence_chain, "VERIFY_BATCH", 2):
            self.assertEqual(self.chains[0]._verify(), [])
            self.env.cr.execute("UPDATE outsourcing_evidence SET size = 1 WHERE id = %s", rows[3].ids)
            [problem] = self.chains[0]._verify()
        self.assertIn("link 4, 2.jpg: its record was changed", problem)
