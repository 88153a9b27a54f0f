from .amendment_common import AmendmentCommon


class WorkflowCommon(AmendmentCommon):
    """A running works contract, and a payment row that an amendment adds to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works_contract()
        cls.new_row = {"kind": "row_new", "name": "Extra", "amount": 500.0}
