from odoo import api, models


class ResPartner(models.Model):
    """Contractors from a spreadsheet: each faulty row is named, and none is saved before all are right."""

    _inherit = "res.partner"

    @api.model
    def get_import_templates(self):
        """Offer the template of contractors where contractors are imported."""
        if not self._is_contractor_import():
            return super().get_import_templates()
        return [
            {
                "label": self.env._("Import template for contractors"),
                "template": "/property_outsourcing/static/xls/outsourcing_contractor_import.xlsx",
            }
        ]

    @api.model
    def _is_contractor_import(self):
        return bool(self.env.context.get("default_outsourcing_state"))

    def _convert_records(self, records, **options):
        converted = super()._convert_records(records, **options)
        if not self._is_contractor_import():
            return converted
        return self._check_contractor_rows(converted, options["log"])

    def _check_contractor_rows(self, converted, log):
        """Yield the rows that can be saved and log a message for each of the others.

        A row that fails in the database rolls back the rows before it, and what they would have collided
        with is then never seen; so the rows are checked here, before any is saved.
        """
        taken = self._get_taken_tax_ids()
        for dbid, xid, values, info in converted:
            message = self._get_contractor_row_error(dbid, xid, values, taken)
            if message:
                log(dict(info, type="error", **message))
                continue
            code = self._normalise_tax_id(values.get("vat"))
            if len(code) > 1:
                taken[code] = (dbid or xid, values.get("name"))
            yield dbid, xid, values, info

    def _get_taken_tax_ids(self):
        """Return a dict: (id, name) of the contractor with each tax id."""
        contractors = (
            self.sudo()  # whether a code is taken does not depend on who asks
            .with_context(active_test=False)
            .search_fetch(
                [("outsourcing_state", "!=", False), ("vat", "!=", False)], ["vat", "name", "company_id"]
            )
        )
        companies = self.env["res.company"].union(self.env.company)
        return {
            self._normalise_tax_id(partner.vat): (partner.id, partner.name)
            for partner in contractors
            if not partner.company_id or partner.company_id in companies
        }

    def _get_contractor_row_error(self, dbid, xid, values, taken):
        """Return the field and the message of a row's first fault, or nothing."""
        is_new = not dbid and not xid
        if not (values.get("name") or "").strip() and (is_new or "name" in values):
            return {"field": "name", "message": self.env._("The name of the contractor is missing.")}
        vat = values.get("vat") or ""
        code = self._normalise_tax_id(vat)
        if len(code) < 2:
            return None
        country = self.env["res.country"].browse(values.get("country_id") or [])
        error = self._get_credit_code_error(vat, country, self.env["res.company"])
        if error:
            return {"field": "vat", "message": error}
        owner, name = taken.get(code, (None, None))
        if name and not self._is_same_contractor(owner, dbid, xid):
            return {"field": "vat", "message": self._get_duplicate_tax_id_error(code, name)}
        return None

    def _is_same_contractor(self, owner, dbid, xid):
        if xid and owner != xid:
            xid = xid if "." in xid else f"__import__.{xid}"
            return owner == self.env["ir.model.data"]._xmlid_to_res_id(xid)
        return bool(owner) and owner in (dbid, xid)
