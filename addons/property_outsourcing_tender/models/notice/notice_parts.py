from odoo import api, models

from odoo.addons.property_outsourcing.tools import fetch_parts


class OutsourcingTender(models.Model):
    """A notice is opened by everybody at once on the day it is announced: it is read in one go."""

    _inherit = "outsourcing.tender"

    @api.model
    def _get_notice_parts(self):
        """Return what the page shows of the records around a tender. Hook: add to super's.

        :return: dict of fields by path, as of ``fetch_parts``
        """
        return {
            "company_id": ["name"],
            "currency_id": ["decimal_places", "position", "rounding", "symbol"],
            "way_id": ["name"],
            "service_type_id": ["name"],
            "community_ids": ["name"],
            "lot_ids": [
                "name", "ceiling", "bid_bond", "result", "fail_reason", "contractor_id", "amount_awarded",
            ],
            "lot_ids.contractor_id": ["name"],
            "lot_ids.item_ids": ["name", "note", "quantity", "uom_id"],
            "lot_ids.item_ids.uom_id": ["name"],
            "criterion_ids": ["name", "guide", "pass_mark", "weight"],
            "required_document_type_ids": ["name"],
            "sla_ids": ["priority", "metric", "hours"],
            "rule_ids": ["name"],
            "standard_ids": ["code", "name"],
            "attachment_ids": ["name"],
            "addendum_ids": ["number", "text", "date_issued", "date_deadline", "state"],
            "addendum_ids.attachment_ids": ["name"],
            "question_ids": ["state", "text", "answer"],
        }  # fmt: skip

    def _fetch_notice(self):
        """Read all that the page of the tender ``self`` (in sudo) shows, in one query; return ``self``."""
        fetch_parts(self, self._get_notice_parts())
        return self
