from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import escape_psql


class OutsourcingCodeMixin(models.AbstractModel):
    """Records with codes no other record of the company has; who types one twice is told whose it is."""

    _name = "outsourcing.code.mixin"
    _description = "Record with a code of its own"

    _code_fields = ()  # fields a unique index of the model stands behind
    _scanned_fields = ()  # fields whose text a label carries

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
                same = [(name, "=", code), ("company_id", "=", company_id), ("id", "not in", self.ids)]
                # sudo, archived ones too: the index knows them all, and the sentence only names one
                other = self.sudo().with_context(active_test=False).search(same, limit=1)
                if other:
                    raise ValidationError(self._get_code_message(field, code, other.display_name))

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Find by name or code; a whole code, as a scanner types it, finds its record alone."""
        if name and operator == "ilike" and (found := self._find_by_code(name, domain)):
            return [(found.id, found.sudo().display_name)]  # sudo: as super does
        return super().name_search(name, domain, operator, limit)

    @api.model
    def _find_by_code(self, code, domain=None):
        """Return the record whose label carries ``code``; empty where none has it, or several have it."""
        code = (code or "").strip()
        if not code:
            return self.browse()
        labels = Domain.OR(Domain(name, "=ilike", escape_psql(code)) for name in self._scanned_fields)
        found = self.search(labels & Domain(domain or []), limit=2)
        return found if len(found) == 1 else self.browse()

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
