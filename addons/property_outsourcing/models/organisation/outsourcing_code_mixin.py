from odoo import api, models
from odoo.exceptions import ValidationError


class OutsourcingCodeMixin(models.AbstractModel):
    """Records with codes no other record of the company has; who types one twice is told whose it is."""

    _name = "outsourcing.code.mixin"
    _description = "Record with a code of its own"

    _code_fields = ()  # fields a unique index of the model stands behind

    @api.model_create_multi
    def create(self, vals_list):
        self._check_codes_free(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if any(vals.get(name) for name in self._code_fields):
            self._check_codes_free([vals] * len(self))
        return super().write(vals)

    def _check_codes_free(self, vals_list):
        """Raise ValidationError for a code that another record, or another row of the same list, has."""
        for name in self._code_fields:
            field, seen = self._fields[name], set()
            for vals in vals_list:
                code = field.convert_to_cache(vals.get(name), self)
                if not code:
                    continue
                company_id = self._get_code_company(vals).id
                if (code, company_id) in seen:
                    raise ValidationError(self._get_code_message(field, code, vals.get("name")))
                seen.add((code, company_id))
                # sudo, archived ones too: the index knows them all, and the sentence only names one
                same = [(name, "=", code), ("company_id", "=", company_id), ("id", "not in", self.ids)]
                other = self.sudo().with_context(active_test=False).search(same, limit=1)
                if other:
                    raise ValidationError(self._get_code_message(field, code, other.display_name))

    def _get_code_company(self, vals):
        """Return the company within which a code of ``vals`` has to be unique. Hook."""
        company = self.env["res.company"].browse(vals.get("company_id") or ())
        return company or self.company_id[:1] or self.env.company

    def _get_code_message(self, field, code, other):
        return self.env._(
            "%(field)s %(code)s already belongs to %(other)s.",
            field=field._description_string(self.env),
            code=code,
            other=other,
        )
