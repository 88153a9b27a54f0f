from markupsafe import Markup

from odoo import api, models
from odoo.tools import ormcache

GROUP = Markup('<optgroup label="{}">{}</optgroup>')
CHOOSE = Markup('<option value="{0}">|<option value="{0}" selected="selected">')
OPTION = Markup('<option value="{}">{}</option>')


class OutsourcingComplaintProblem(models.Model):
    """What the residents' page offers; every visitor reads it, so it is written once and kept."""

    _inherit = "outsourcing.complaint.problem"

    @api.model
    def _get_options(self, places, service_type_id=None, chosen=None):
        """Return the choices of a ``<select>`` in the reader's language, as ``Markup``.

        :param tuple places: values of ``place``
        :param service_type_id: the service whose problems come first
        :param chosen: id of the problem that is chosen already
        """
        options = self._write_options(places, service_type_id)
        return options.replace(*CHOOSE.format(chosen).split("|")) if chosen else options

    @api.model
    @ormcache("self.env.lang", "places", "service_type_id")
    def _write_options(self, places, service_type_id):
        domain = [("place", "in", places), ("category_id.active", "=", True)]
        found = self.sudo().search(domain)  # what everybody may choose
        groups = sorted(
            found.grouped("category_id").items(),
            key=lambda row: bool(service_type_id) and row[0].service_type_id.id != service_type_id,
        )
        return Markup().join(
            GROUP.format(category.name, Markup().join(OPTION.format(row.id, row.name) for row in problems))
            for category, problems in groups
        )
