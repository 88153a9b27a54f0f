from odoo import models

from ..catalogue.outsourcing_safety_letter_mixin import LETTER_TEXTS


class ResPartner(models.Model):
    """The approval sheet of an admission (承包方准入审批表)."""

    _name = "res.partner"
    _inherit = ["res.partner", "outsourcing.paper.mixin"]

    def action_print_admission(self):
        """Print the approval sheet of the admission."""
        self._check_paper("contractor_admission")
        return self.env.ref("property_outsourcing.report_contractor_admission").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if paper != "contractor_admission":
            return missing
        if not self.is_company or not self.outsourcing_state:
            return [*missing, self.env._("it is no contractor")]
        needed = ("vat", "outsourcing_service_type_ids", "outsourcing_document_ids")
        fields = self.fields_get(needed, ["string"])
        return missing + [fields[name]["string"] for name in needed if not self[name]]

    def _get_admission_signers(self):
        """Return who signs the sheet, in this order."""
        _ = self.env._
        return [
            _("Drawn up by (project department)"),
            _("Engineering (quality) department"),
            _("Finance department"),
            _("Head of the company"),
        ]


class OutsourcingDocument(models.Model):
    """The agreement on safety in production (安全生产管理协议), from the fields of the letter."""

    _name = "outsourcing.document"
    _inherit = ["outsourcing.document", "outsourcing.paper.mixin"]

    def action_print_letter(self):
        """Print the agreement on safety in production."""
        self._check_paper("safety_agreement")
        return self.env.ref("property_outsourcing.report_safety_agreement").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if paper != "safety_agreement":
            return missing
        if self.category != "safety_letter":
            return [*missing, self.env._("it is no safety responsibility letter")]
        needed = ("contract_id", *LETTER_TEXTS, "letter_report_minutes")
        fields = self.fields_get(needed, ["string"])
        return missing + [fields[name]["string"] for name in needed if not self[name]]

    def _get_print_letter(self):
        """Return [(heading, text)] of the agreement, in order."""
        self.ensure_one()
        fields = self.fields_get(LETTER_TEXTS, ["string"])
        return [(fields[name]["string"], self[name]) for name in LETTER_TEXTS if self[name]]
