from odoo import models
from odoo.exceptions import UserError


class OutsourcingFileOwnerMixin(models.AbstractModel):
    """Files chosen in a many2many belong to the record: its readers read them, and they can be kept."""

    _name = "outsourcing.file.owner.mixin"
    _description = "Owner of Files"

    def _adopt_attachments(self, field_name):
        """Make the files of ``field_name`` belong to ``self``.

        :raise UserError: a file belongs to another record, or another person uploaded it elsewhere
        """
        for record in self:
            for attachment in record[field_name]:
                if not attachment.res_id and attachment.create_uid == self.env.user:
                    # uploaded before the record was saved: until then only its author could read it
                    attachment.write({"res_model": self._name, "res_id": record.id})
                if (attachment.res_model, attachment.res_id) != (self._name, record.id):
                    raise UserError(
                        self.env._("%s belongs to another record; upload it here.", attachment.name)
                    )
