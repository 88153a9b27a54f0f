from odoo import models
from odoo.http import request


class ResUsersContractLimit(models.Model):
    """Which contracts of the own firm a person may not see."""

    _inherit = "res.users"

    def _get_barred_contract_ids(self):
        """Return the ids of the firm's contracts that are not for the person of the login and who works now.

        Of other firms' documents, such as those a third party inspects, nothing is said here.
        """
        self.ensure_one()
        facts = self._get_outsourcing_facts()
        limits = [facts.get(self.sudo().partner_id.id, {}).get("limit")]  # compared only
        if chosen := self._get_chosen_performer():
            # also whose PIN has lapsed: the phone shows nothing more until somebody is chosen anew
            limits.append(facts.get(chosen[0], {"limit": ()})["limit"])
        limits = [set(limit) for limit in limits if limit is not None]
        if not limits:
            return []
        kept = vars(request).setdefault("outsourcing_barred", {}) if request else {}
        if self.id not in kept:
            # sudo: what the firm keeps from this person
            firm = self.sudo().partner_id.commercial_partner_id
            contracts = self.env["outsourcing.contract"].with_context(active_test=False)
            others = [("contractor_id", "=", firm.id), ("id", "not in", list(set.intersection(*limits)))]
            kept[self.id] = contracts.sudo().search(others).ids  # as above
        return kept[self.id]
