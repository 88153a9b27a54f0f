from datetime import datetime

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.contract_common import ContractFactory

from .evidence_common import make_photo

TAKEN = datetime(2026, 3, 1, 8, 12)
PLACE = (31.2304167, 121.4737)


class EvidenceCommon(OutsourcingCommon, ContractFactory):
    """An active contract of the community; its evidence is that of any document that inherits the mixin."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.community.representative_ids = cls.representative
        cls.Evidence = cls.env["outsourcing.evidence"]

    def _add(self, files=None, user=None, **kwargs):
        files = files or [("site.jpg", make_photo(exif_date=TAKEN, gps=PLACE))]
        return self.contract.with_user(user or self.portal_contractor)._add_evidence(files, **kwargs)

    def _count(self):
        self.env.flush_all()
        return self.Evidence.search_count([])
