from odoo import api, fields, models, tools

from ...tools import join_names
from ..workflow.gate import open_gate

# what papers print of other records; each is copied with the name it had when the paper was signed
PRINTED_NAMES = {
    "maintenance.equipment": "name",
    "outsourcing.community": "name",
    "outsourcing.location": "complete_name",
    "res.company": "name",
    "res.partner": "name",
    "res.users": "name",
}


class OutsourcingPrintedMixin(models.AbstractModel):
    """A paper that prints the same for ever once it is drawn up, whatever the parties are called later.

    :meth:`_keep_signed` copies names, tax id, address, bank account and signers; what is in the copy never
    changes. Prints and pages read :meth:`_name_of` and :meth:`_get_party`, which give the copy where there is
    one and the present data where there is none.
    """

    _name = "outsourcing.printed.mixin"
    _description = "Paper that Prints as it was Drawn up"
    _inherit = ["outsourcing.together.mixin"]

    signed_data = fields.Json(
        "As Signed", readonly=True, copy=False, prefetch=False, groups="base.group_system"
    )

    def _get_signed_parties(self):
        """Return the parties of the paper, dict of a role (``client``, ``contractor``) -> partner. Hook."""
        self.ensure_one()
        return {"client": self.company_id.partner_id, "contractor": self.contractor_id}

    def _get_signed_records(self):
        """Return the records whose names the paper prints, as a list of recordsets. Hook: extend super's.

        By default all a paper names itself: firms, people, community, places and equipment.
        """
        self.ensure_one()
        paper = self.with_context(active_test=False)  # whoever left stays named
        return [paper[name] for name in self._get_printed_field_names()]

    @api.model
    @tools.ormcache()
    def _get_printed_field_names(self):
        return tuple(
            name
            for name, field in self._fields.items()
            if field.comodel_name in PRINTED_NAMES
            and field.type in ("many2one", "many2many")
            and field.store
            and name not in models.MAGIC_COLUMNS
            and field._module not in ("mail", "portal")
        )

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_printed_field_names()):
            # who acts after the signature, and is printed, is added to what the paper says
            self.sudo().filtered("signed_data")._keep_signed()  # which are signed; the write was allowed
        return result

    # ---- copy -------------------------------------------------------------------------------------------

    def _keep_signed(self, anew=False):
        """Copy what the papers ``self`` print of others and have not copied yet. Who acts was checked.

        :param bool anew: copy all again: the signature that counts is given only now
        """
        papers = self.sudo()  # names and data that stand on them
        names = [paper._get_present_names() for paper in papers._together()]
        former = {record: {} if anew else record.signed_data or {} for record in papers}
        # what was copied before is not asked for again
        parties = papers.filtered(
            lambda record: any(
                firm and role not in former[record].get("parties", {})
                for role, firm in record._get_signed_parties().items()
            )
        )._map_present_parties()
        for record, own_names in zip(papers, names, strict=True):
            before = former[record]
            kept = {
                "names": {**own_names, **before.get("names", {})},
                "parties": {**parties.get(record, {}), **before.get("parties", {})},
            }
            if kept != record.signed_data:
                open_gate(record).write({"signed_data": kept})

    def _forget_signed(self):
        """Follow the master data again (in sudo): the signatures are void."""
        open_gate(self.filtered("signed_data")).write({"signed_data": False})

    def _get_present_names(self):
        return {
            _get_key(record): record[PRINTED_NAMES[record._name]]
            for records in self._get_signed_records()
            for record in records
        }

    def _map_present_parties(self):
        """Return a dict: paper -> what it would print of its parties today; no query per paper."""
        parties = {record: record._get_signed_parties() for record in self}
        firms = [firm for roles in parties.values() for firm in roles.values()]
        accounts = self.env["res.partner"].union(*firms)._get_payee_accounts()
        return {
            record: {role: firm._get_party_data(accounts.get(firm)) for role, firm in roles.items() if firm}
            for record, roles in parties.items()
        }

    # ---- read -------------------------------------------------------------------------------------------

    def _name_of(self, records):
        """Return the names of ``records``, one after the other, as the paper prints them."""
        self.ensure_one()
        kept = (self.sudo().signed_data or {}).get("names", {})  # names, for whoever prints the paper
        records = records.sudo()  # names again
        names = [kept.get(_get_key(row)) or row[PRINTED_NAMES[row._name]] for row in records]
        return join_names(self.env, names)

    def _get_party(self, role):
        """Return what the paper prints of a party: see ``res.partner._get_party_data``.

        :param str role: a key of :meth:`_get_signed_parties`
        """
        self.ensure_one()
        paper = self.sudo()  # data of the parties stand on the paper whoever prints it
        kept = (paper.signed_data or {}).get("parties", {})
        return kept.get(role) or paper._map_present_parties()[paper].get(role, {})


class OutsourcingSignedMixin(models.AbstractModel):
    """A paper with a workflow: the copy is made on leaving ``_unsigned_states``, given up on coming back.

    What a later step adds, an approver for example, is added to the copy.
    """

    _name = "outsourcing.signed.mixin"
    _description = "Paper that Prints as it was Signed"
    _inherit = ["outsourcing.printed.mixin", "outsourcing.workflow.mixin"]

    _unsigned_states = ("draft",)

    @api.model
    def _get_derived_fields(self):
        return super()._get_derived_fields() | {"signed_data"}

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in self._unsigned_states:
            self._forget_signed()
        else:
            self._keep_signed()


def _get_key(record):
    return f"{record._name},{record.id}"
