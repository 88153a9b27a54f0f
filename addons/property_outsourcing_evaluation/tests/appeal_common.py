class AppealProof:
    """What is sent along with an appeal, beside a portal's TestCase: cards and evaluations keep it alike."""

    proof = ("files", ("proof.pdf", b"%PDF-1.4 proof", "application/pdf"))

    def _assert_proof_is_kept(self, record, url):
        """Assert that both sides read the proof of ``record``, nobody else does, and nobody removes it."""
        self.env.invalidate_all()
        file = record.with_user(self.user_manager).appeal_file_ids
        self.assertIn("proof.pdf", self._page(url).text)
        self.assertEqual(self._page(f"{url}/file/{file.id}").content, b"%PDF-1.4 proof")
        self.assertEqual(self._page(f"{url}/file/{file.id}", user=self.portal_competitor).status_code, 404)
        for user in (self.user_manager, self.user_admin):
            with self.assertRefused("can no longer be changed."):
                file.with_user(user).sudo().unlink()
