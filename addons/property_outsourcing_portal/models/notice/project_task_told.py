from odoo import models


class ProjectTask(models.Model):
    """A work order that was sent out stands on the first page of the firm's people."""

    _inherit = "project.task"

    def _after_order_step(self, step):
        super()._after_order_step(step)
        if step in ("entered", "reopened") and not self.env.context.get("outsourcing_order_untold"):
            self._tell_contractor(step)

    def _tell_contractor(self, step):
        people = self._get_party_people(self.outsourcing_contractor_id) - self.env.user.partner_id
        by_firm = people.grouped("commercial_partner_id")
        told = []
        for order in self.filtered(lambda task: not task.outsourcing_planned_start):  # no alarm for routine
            firm = order.outsourcing_contractor_id.commercial_partner_id
            for lang, group in by_firm.get(firm, people.browse()).grouped("lang").items():
                order = order.with_context(lang=lang)
                place = order.outsourcing_community_id.name or order.outsourcing_contract_id.title
                sentence = order.env._("Work order %(name)s, %(place)s", name=order.name, place=place)
                told.append((order, group, sentence, f"project.task:{order.id}:{step}:{self.env.cr.now()}"))
        if told:
            self.env["outsourcing.notice"]._tell(told)

    def _get_share_words(self):
        place = self.outsourcing_community_id.name
        return " ".join(filter(None, (self.env._("Work order"), self.name, place)))
