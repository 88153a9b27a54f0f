from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import join_names
from ...tools.typed_input import narrow
from ..workflow.gate import open_gate
from .res_partner import STATE_FIELDS

# the worse comes first
SANCTIONS = ("blacklisted", "suspended")
STATES = (*SANCTIONS, "candidate", "qualified")


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Core merges contacts by SQL, past every gate: contracts, papers and evidence would change hands.

    Every way of merging ends in ``_merge``. What only joins records of the same firm or person passes.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        named = self._filter_named(partners)
        if len(partners) < 2 or not named:
            return super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        self._check_same(partners, named)
        target = dst_partner if dst_partner in partners else self._get_ordered_partner(partners.ids)[-1]
        kept = self._take_over(partners.sudo(), target)  # core checks who may merge
        super()._merge(partner_ids, dst_partner=target, extra_checks=extra_checks)
        self.env.invalidate_all()  # core wrote by SQL
        self.env.registry.clear_cache()  # nor did record rules notice who works for, or represents, whom now
        self._hand_over(target, kept)

    @api.model
    def _filter_named(self, partners):
        """Return those of ``partners`` that documents of the suite name, or one of whose people they name."""
        everybody = partners.with_context(active_test=False).child_ids | partners
        named = everybody._filter_named_in_outsourcing()
        return partners.filtered(
            lambda partner: (partner | partner.with_context(active_test=False).child_ids) & named
        )

    # ---- who is the same --------------------------------------------------------------------------------

    @api.model
    def _check_same(self, partners, named):
        """Raise UserError unless all ``partners`` are one firm or one person."""
        names = join_names(self.env, named.mapped("display_name"))
        if any(partner.is_company or partner.outsourcing_state for partner in partners):
            codes = {self._get_firm_code(partner) for partner in partners}
            if len(codes) > 1 or False in codes:
                raise UserError(
                    self.env._(
                        "Contracts, documents or evidence name %s. Only records of the same firm are merged "
                        "with it: all of them need its tax ID.",
                        names,
                    )
                )
        elif len({self._get_person_key(partner) for partner in partners}) > 1:
            raise UserError(
                self.env._(
                    "Signatures, records or evidence name %s. Only records of the same person are merged: "
                    "the same name, in the same firm.",
                    names,
                )
            )

    @api.model
    def _get_firm_code(self, partner):
        """Return the tax ID of a firm; False for its people, who share it, and where there is none."""
        code = partner._normalise_tax_id(narrow(partner.vat))
        return code if len(code) > 1 and partner.commercial_partner_id == partner else False

    @api.model
    def _get_person_key(self, partner):
        firm = partner.commercial_partner_id
        return "".join(narrow(partner.name).casefold().split()), firm.id if firm != partner else False

    # ---- what goes over ---------------------------------------------------------------------------------

    @api.model
    def _take_over(self, partners, target):
        """Record the merge; return what the remaining contact has to keep of all of them.

        :return: dict with ``company_id``, ``status`` (values, empty if it stays) and ``counts`` of rows
        """
        sources = partners - target
        open_gate(self.env["outsourcing.partner.merge"]).create(
            [
                {
                    "partner_id": target.id,
                    "former_id": source.id,
                    "former_name": source.display_name,
                    "former_vat": source.vat,
                }
                for source in sources
            ]
        )
        companies = {partner.company_id for partner in partners}
        kept = {
            "company_id": companies.pop().id if len(companies) == 1 else False,  # else shared
            "status": self._prepare_status(self._get_worst(partners), target),
            "counts": self._count_rows(partners),
        }
        # one code belongs to one contractor, also in the moment in which both are there
        contractors = sources.filtered("outsourcing_state").with_context(tracking_disable=True)
        open_gate(contractors).write(dict.fromkeys(STATE_FIELDS, False))  # core checked who may merge
        return kept

    @api.model
    def _get_worst(self, partners):
        """Return the contact whose status the firm keeps: no sanction ends by a merge."""
        contractors = partners.filtered("outsourcing_state")
        return contractors.sorted(
            lambda partner: (STATES.index(partner.outsourcing_state), self._get_term_rank(partner))
        )[:1]

    @api.model
    def _get_term_rank(self, partner):
        """Return a number that is lower for the worse term: the longer sanction, the shorter admission."""
        until = partner.outsourcing_state_until
        days = until.toordinal() if until else 10**7
        return -days if partner.outsourcing_state in SANCTIONS else days

    @api.model
    def _prepare_status(self, worst, target):
        if not worst or worst == target:
            return {}
        reason = self.env._("Merged with %s.", worst.display_name)
        former = worst.outsourcing_state_reason
        return {
            "outsourcing_state": worst.outsourcing_state,
            "outsourcing_state_until": worst.outsourcing_state_until,
            "outsourcing_state_reason": f"{reason} {former}" if former else reason,
            "outsourcing_sanction_company_ids": [
                Command.set((worst | target).sudo().outsourcing_sanction_company_ids.ids)  # who decided
            ],
        }

    @api.model
    def _hand_over(self, target, kept):
        contractor = open_gate(target)  # core checked who may merge
        former = {target: contractor.outsourcing_state}
        if contractor.company_id.id != kept["company_id"]:
            contractor.company_id = kept["company_id"]
        if kept["status"]:
            contractor.write(kept["status"])
            target._record_outsourcing_history(former)
        counts = self._count_rows(target)
        for (model, name), count in kept["counts"].items():
            if counts[model, name] < count:
                raise UserError(
                    self.env._(
                        "These contacts stand beside each other in one record (%s) and cannot be merged.",
                        self.env[model]._description,
                    )
                )

    @api.model
    def _count_rows(self, partners):
        """Return how many rows name ``partners``: core deletes a row that two of them may not share."""
        return {
            # whether all are there, not what they say
            (model, name): self.env[model]
            .sudo()
            .with_context(active_test=False)
            .search_count([(name, "in", partners.ids)])
            for model, name in partners._get_outsourcing_partner_fields()
            if self.env[model]._fields[name].type == "many2one"
        }
