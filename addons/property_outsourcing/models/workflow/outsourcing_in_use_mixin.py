from odoo import models
from odoo.exceptions import UserError

SHOWN = 10


class OutsourcingInUseMixin(models.AbstractModel):
    """Master data that running contracts rest on: it is archived when nothing uses it any more."""

    _name = "outsourcing.in.use.mixin"
    _description = "Master Data in Use"

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self.filtered("active")._check_not_in_use()
        return super().write(vals)

    def _check_not_in_use(self):
        """Raise UserError with the list of what still uses these records, or what lies within them."""
        records = self.search([("id", "child_of", self.ids)]) if self._parent_store else self
        for record, users in records._get_uses().items():
            names = list(dict.fromkeys(users))
            shown = names[:SHOWN]
            if len(names) > SHOWN:
                shown.append(self.env._("… and %s more.", len(names) - SHOWN))
            raise UserError(
                self.env._(
                    "%(record)s cannot be archived while it is in use:\n%(uses)s",
                    record=record.display_name,
                    uses="\n".join(f"- {name}" for name in shown),
                )
            )

    def _get_uses(self):
        """Return what still uses these records. Hook: extend super's dict.

        :return: dict: record of ``self`` -> list of names people know, of contracts, plans ...; records that
            nothing uses are not in it
        """
        return {}
