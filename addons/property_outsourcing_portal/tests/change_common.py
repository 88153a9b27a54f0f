from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon

from .common import PortalCommon


class PortalChangeCommon(PortalCommon, AmendmentCommon):
    """A running works contract of this year whose contractor comes by the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = cls._create_works_draft(
            date_start=cls.today.replace(month=1, day=1), date_end=cls.today.replace(month=12, day=31)
        )
        cls.item = cls._add_item(draft)
        cls.works = cls._activate(draft)
