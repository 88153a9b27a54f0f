from odoo import api, fields, models
from odoo.fields import Domain

from .missing_points import MissingPoint, MissingPoints


class OutsourcingMissingMixin(models.AbstractModel):
    """What a document still lacks: shown on its form, said in one refusal, each point with a link."""

    _name = "outsourcing.missing.mixin"
    _description = "Missing points before a step"
    _inherit = ["outsourcing.together.mixin"]

    missing_points = fields.Json(
        compute="_compute_missing_points", groups="base.group_user", export_string_translation=False
    )

    def _compute_missing_points(self):
        for record in self:
            parts, seen = [], set()
            for target, title in record._get_awaited_steps() if record.ids else ():
                # sudo: sentences and links only; what a link leads to answers for itself
                points = [p for p in record.sudo()._get_missing_points(target) if p not in seen]
                seen.update(points)
                if points:
                    parts.append({"title": title, "points": [MissingPoint.describe(p) for p in points]})
            record.missing_points = parts or False

    def _get_missing_points(self, target):
        """Return what keeps ``self`` (one, in sudo) from the step ``target``. Hook: extend super's list.

        :param str target: the state to be reached, or the name of another step
        :return: list of sentences, :class:`MissingPoint` where one leads somewhere
        """
        self.ensure_one()
        return []

    def _find_standing(self, model, domain, link="contract_id"):
        """Return what of ``model`` stands in the way of ``self`` (one), searched once for all that are asked.

        :param domain: what stands in the way; the same for every record
        :param str link: field of ``model`` that names the record it belongs to
        """
        standing = self._ask_together("_search_standing", model, Domain(domain), link)
        return standing.get(self._origin, self.env[model])

    def _search_standing(self, model, domain, link):
        return self.env[model].search(Domain(link, "in", self.ids) & domain).grouped(link)

    def _get_points_by_record(self, target):
        """Return what keeps each record of ``self`` (in sudo) from ``target``: record -> points, if any."""
        return {
            record: points for record in self._together() if (points := record._get_missing_points(target))
        }

    def _get_awaited_steps(self):
        """Return the steps whose missing points the form shows in the present state. Hook.

        :return: list of (target, title)
        """
        self.ensure_one()
        return []

    def _check_nothing_missing(self, target):
        """Raise MissingPoints, a UserError, with all that keeps ``self`` (in sudo) from ``target``."""
        if missing := self._get_points_by_record(target):
            raise self._get_refusal(missing)

    def _get_refusal(self, missing):
        """Return the exception that names ``missing``, a dict: points of each record."""
        points = [point for found in missing.values() for point in found]
        if len(points) == 1:
            return MissingPoints(str(points[0]), points)
        parts = [
            "\n".join([self.env._("%s still lacks:", record.display_name), *(f"- {p}" for p in found)])
            for record, found in missing.items()
        ]
        return MissingPoints("\n".join(parts), points)

    def _split_ready(self, target):
        """Return the records of ``self`` nothing is missing of, and the points of the others.

        :return: (recordset, list of points that each name and lead to their record)
        """
        missing = self.sudo()._get_points_by_record(target)  # sentences only
        left = [MissingPoint(" ".join(points), record=record) for record, points in missing.items()]
        return self.filtered(lambda record: record not in missing), left

    @api.model
    def _open_single(self, action):
        """Return ``action`` on the form of the record its domain finds, if it is the only one."""
        found = self.env[action["res_model"]].search(action["domain"], limit=2)
        if len(found) != 1:
            return action
        return {**action, "res_id": found.id, "views": [(False, "form")], "view_mode": "form"}

    @api.model
    def _get_shown_action(self, records):
        """Return the action that shows ``records``: a single one on its form, several in a list."""
        action = {"type": "ir.actions.act_window", "res_model": records._name, "target": "current"}
        if len(records) == 1:
            return {**action, "res_id": records.id, "views": [[False, "form"]]}
        # sudo: the label of a model
        return {
            **action,
            "name": self.env["ir.model"]._get(records._name).name,
            "domain": [("id", "in", records.ids)],
            "views": [[False, "list"], [False, "form"]],
        }

    @api.model
    def _get_leftover_action(self, title, points):
        """Return the action that shows what a bulk step left undone and why."""
        return {
            "type": "ir.actions.client",
            "tag": "outsourcing_missing",
            "params": {"title": title, "points": [MissingPoint.describe(point) for point in points]},
        }

    # ---- questions that are asked last -------------------------------------------------------------------

    def _ask(self, target, method, question):
        """Say what is missing for ``target``, or return the action that asks before ``method`` is called.

        Nothing happens yet; a step that cannot be undone is not confirmed first and refused then.
        """
        self.check_access("read")
        self.sudo()._check_nothing_missing(target)  # sentences only; the step itself checks who asks
        return {
            "type": "ir.actions.client",
            "tag": "outsourcing_ask",
            "params": {"question": question, "model": self._name, "ids": self.ids, "method": method},
        }
