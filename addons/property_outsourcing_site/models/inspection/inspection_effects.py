from odoo import models

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day


class OutsourcingInspection(models.Model):
    """What follows from a step: the lines of the visit, defects, facts."""

    _inherit = "outsourcing.inspection"

    def _get_checklist_items(self):
        """Return the items this visit covers."""
        self.ensure_one()
        return self.checklist_id._get_items(self.cycle)

    def _create_lines(self):
        """Copy the items as they read today, in every language of the database."""
        pairs = [(inspection, item) for inspection in self for item in inspection._get_checklist_items()]
        lines = open_gate(self.env["outsourcing.inspection.line"].with_context(lang=None))
        lines = lines.create(
            [
                item.with_context(lang=None)._prepare_inspection_line_vals(inspection)
                for inspection, item in pairs
            ]
        )
        for code, _name in self.env["res.lang"].get_installed():
            if code == "en_US":
                continue
            for line, (_inspection, item) in zip(lines.with_context(lang=code), pairs, strict=True):
                translated = item.with_context(lang=code)
                line.write({"name": translated.name, "requirement": translated.requirement})

    def _create_defects(self):
        # the description is written in the language of the person who hands in, also where no request sets it
        here = self.with_context(lang=self.env.lang or self.env.user.lang)
        failed = here.line_ids.filtered(lambda line: line.result == "fail")
        if failed:
            self.env["outsourcing.defect"].create([line._prepare_defect_vals() for line in failed])

    def _record_inspection_facts(self):
        facts = []
        for inspection in self:
            day = trade_day(inspection, inspection.date_done)
            common = {
                "contract": inspection.contract_id,
                "source": inspection,
                "community": inspection.community_id,
                "date": day,
            }
            facts += [{**common, "fact_type": "inspection_due"}, {**common, "fact_type": "inspection_done"}]
            # only a third party's verdict fails the contractor; what we or it find become single defects,
            # and a contractor who reports a fault honestly is not punished for having found it
            if inspection.party != "third_party":
                continue
            if inspection.result == "fail":
                facts.append({**common, "fact_type": "inspection_failed", "value": inspection.failed_count})
            else:
                facts.append({**common, "fact_type": "inspection_passed"})
        self.env["outsourcing.fact"]._record(facts)

    def _record_missed_facts(self):
        """Record what the contractor missed; what we or the third party missed is not the contractor's.

        A visit was due when it was done or missed; what is withdrawn, or ends with its contract, never was.
        """
        self.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": fact_type,
                    "contract": inspection.contract_id,
                    "source": inspection,
                    "community": inspection.community_id,
                    "date": inspection.date_due,
                }
                for inspection in self
                if inspection.party == "contractor"
                for fact_type in ("inspection_due", "inspection_missed")
            ]
        )
