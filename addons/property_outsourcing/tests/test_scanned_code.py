from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestScannedCode(OutsourcingCommon):
    """The text of a label leads to what it stands on, for whoever may see that."""

    def _resolve(self, code, user=None):
        return self.env["outsourcing.location"].with_user(user or self.user_supervisor)._resolve_code(code)

    def test_a_label_leads_to_its_place_or_equipment(self):
        self.elevator.serial_no = "KONE-77"
        codes = {
            " loc-sg01-3\n": self.building,
            "EQ-SG01-3-1": self.elevator,
            "31104401002023000001": self.elevator,
            "kone-77": self.elevator,
        }
        for code, record in codes.items():
            self.assertEqual(self._resolve(code), record, code)

    def test_an_unknown_empty_or_ambiguous_code_leads_nowhere(self):
        self.elevator.copy({"name": "Twin", "serial_no": "EQ-SG01-3-1"})
        for code in ("LOC-SG01", "", " ", False, "EQ-SG01-3-1"):
            self.assertIsNone(self._resolve(code), code)

    def test_signs_of_a_pattern_are_text(self):
        self.env["outsourcing.location"].search([("id", "!=", self.building.id)]).barcode = False
        self.assertIsNone(self._resolve("%"))
        self.assertIsNone(self._resolve("LOC_SG01_3"))

    def test_another_communitys_label_leads_nowhere(self):
        self.assertIsNone(self._resolve("LOC-SG01-3", self.user_outsider))
        self.assertIsNone(self._resolve("EQ-SG01-3-1", self.user_outsider))

    def test_a_picker_of_places_takes_a_scanned_code(self):
        twin = {"name": "LOC-SG01-3 annex", "community_id": self.community.id}
        self.env["outsourcing.location"].create(twin)
        picked = self.env["outsourcing.location"].with_user(self.user_supervisor).name_search("LOC-SG01-3")
        self.assertEqual([row[0] for row in picked], self.building.ids)
