from datetime import date

from .common import OutsourcingCommon


class AdjustmentCommon(OutsourcingCommon):
    """A running contract whose missed inspections propose a penalty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.january = cls.contract.milestone_ids[0]

    def _miss(self, day, key=None):
        key = key or f"miss:{day}"
        return self.contract._propose_adjustment(
            "inspection_missed", self.community, date=date(2026, 1, day), key=key
        )

    def _confirmed(self):
        self._miss(5)
        adjustment = self.contract.adjustment_ids
        adjustment.with_user(self.user_manager).action_confirm()
        return adjustment.with_user(self.user_manager)
