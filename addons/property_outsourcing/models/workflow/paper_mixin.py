from odoo import models
from odoo.exceptions import UserError

from ...tools import join_names


class OutsourcingPaperMixin(models.AbstractModel):
    """A record printed on a paper people sign: not while something essential is missing."""

    _name = "outsourcing.paper.mixin"
    _description = "Printed on a Paper that is Signed"

    def _get_missing_on_paper(self, paper):
        """Return what keeps ``self`` from being printed, a list of sentences or labels. Hook: add to super's.

        :param str paper: the end of the xmlid of the report's template
        """
        self.ensure_one()
        return []

    def _check_paper(self, paper):
        """Raise UserError naming all that is missing on the ``paper``; templates ask this first."""
        for record in self:
            missing = record._get_missing_on_paper(paper)
            if missing:
                raise UserError(
                    self.env._(
                        "%(record)s cannot be printed yet: %(missing)s.",
                        record=record.display_name,
                        missing=join_names(self.env, missing),
                    )
                )

    def _get_print_lang(self):
        """Return the language of the paper: the company's, whoever prints it."""
        self.ensure_one()
        partner = self.company_id.sudo().partner_id  # its language only
        return partner.lang or self.env.lang

    def _get_print_list(self, names):
        """Return names as one list, with the comma of the language."""
        return join_names(self.env, names)
