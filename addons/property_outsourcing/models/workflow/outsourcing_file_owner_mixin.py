from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .gate import is_gate_open


class OutsourcingFileOwnerMixin(models.AbstractModel):
    """Files chosen in a many2many belong to the record: its readers read them, and they can be kept.

    Declare such a field with ``bypass_search_access=True``: who may read the record may see which files it
    has, and what a file says is asked of the record again when it is opened.
    """

    _name = "outsourcing.file.owner.mixin"
    _description = "Owner of Files"

    @api.model
    def _get_kept_files_domains(self):
        """Return where files of the model lie and when they may no longer change. Hook: add to super's dict.

        :return: dict field name -> domain of the records (of this model) whose files in that field are
            agreed, verified or handed in. Nobody replaces, moves, renames or deletes these, by whatever write
            of ``ir.attachment`` or of the field, administrators and superuser mode included; only module code
            behind the gate. ``Domain.FALSE``: the record owns the files, but they may always change.
        """
        return {}

    # ---- the record -------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for name in records._get_file_fields():
            records._adopt_attachments(name)
        return records

    def write(self, vals):
        touched = self._get_file_fields() & set(vals)
        before = {name: self._get_kept_files(name) for name in touched}
        result = super().write(vals)
        for name in touched:
            self._adopt_attachments(name)
            for record, files in before[name].items():
                if files - record.sudo()[name]:  # whether they are still there
                    record._raise_kept(files - record.sudo()[name])  # whether they are still there
        return result

    @api.model
    def _get_file_fields(self):
        return {name for name in self._get_kept_files_domains() if self._fields[name].type == "many2many"}

    def _get_kept_files(self, name):
        """Return a dict record -> the files of the field ``name`` that may not leave it."""
        if is_gate_open(self, "ir.attachment"):
            return {}
        # sudo: state and files only, to compare afterwards
        kept = self.sudo().filtered_domain(self._get_kept_files_domains()[name])
        return {record: record[name] for record in kept}

    def _adopt_attachments(self, name):
        """Make the files of the field ``name`` belong to ``self``.

        :raise UserError: a file belongs to another record, or another person uploaded it elsewhere
        """
        for record in self.sudo():  # only files that are the caller's own change hands
            for attachment in record[name]:
                if not attachment.res_id and attachment.create_uid == self.env.user:
                    # uploaded before the record was saved: until then only its author could read it
                    attachment.write({"res_model": self._name, "res_id": record.id})
                if (attachment.res_model, attachment.res_id) != (self._name, record.id):
                    raise UserError(
                        self.env._("%s belongs to another record; upload it here.", attachment.name)
                    )

    # ---- asked by ir.attachment -------------------------------------------------------------------------

    @api.model
    def _check_files_open(self, files):
        """Raise unless the ``files`` of this model may still change. Hook: call super.

        :param files: ``ir.attachment`` in sudo whose ``res_model`` is this model
        """
        if is_gate_open(self, "ir.attachment"):
            return
        owners = self.sudo().with_context(active_test=False)  # whoever asks: only the owner's state counts
        for name, domain in self._get_kept_files_domains().items():
            if owner := owners.search(Domain(domain) & Domain(name, "in", files.ids), limit=1):
                owner._raise_kept(files & owner[name])

    @api.model
    def _check_files_added(self, files):
        """Raise unless ``files`` may be given to records of this model. Hook: nothing is refused here."""

    def _raise_kept(self, files):
        self.ensure_one()
        raise UserError(
            self.env._(
                "The file %(file)s belongs to %(record)s and can no longer be changed.",
                file=files[:1].name,
                record=self.sudo().display_name,  # names the record whose file was named
            )
        )
