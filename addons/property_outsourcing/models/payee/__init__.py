from . import outsourcing_payee_change, outsourcing_payee_change_workflow, res_partner, res_partner_bank
