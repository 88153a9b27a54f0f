from .amendment_common import AmendmentCommon


class VariationCommon(AmendmentCommon):
    """A running works contract with an item, and tiles of it that a variation counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = cls._create_works_draft()
        cls.item = cls._add_item(draft, uom_id=cls.env.ref("uom.product_uom_square_meter").id)
        cls.contract = cls._activate(draft)
        cls.tiles = {"item_id": cls.item.id, "quantity": 36.0}
