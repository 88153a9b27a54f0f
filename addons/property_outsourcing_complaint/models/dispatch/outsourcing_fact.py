from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    _inherit = "outsourcing.fact"

    @api.model
    def _get_source_name(self, source):
        if source._name != "outsourcing.complaint":
            return super()._get_source_name(source)
        complaint = source.sudo()  # number and problem: the contractor reads the fact, for years
        return " ".join(filter(None, (complaint.name, complaint.problem_id.name)))

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        return super()._get_fact_types() | {
            "complaint_handled": FactType(_("Complaint dealt with"), is_measure=True),
            "complaint_returned": FactType(
                _("Returned by the resident"), is_breach=True, denominator="complaint_handled"
            ),
            "complaint_confirmed": FactType(_("Confirmed by the resident"), denominator="complaint_handled"),
            "complaint_late": FactType(
                _("Complaint done late"), is_breach=True, denominator="complaint_handled"
            ),
            "complaint_repeated": FactType(
                _("Problem came back"), is_breach=True, denominator="complaint_handled"
            ),
            "complaint_stars": FactType(_("Stars of residents"), is_measure=True),
            "complaint_finish_hours": FactType(
                _("Hours to finish a complaint"), hours_per_unit=1.0, is_measure=True
            ),
        }
