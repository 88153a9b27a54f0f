from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...tools import labelled

MANAGER = "property_outsourcing.group_outsourcing_manager"
ADMIN = "property_outsourcing.group_outsourcing_admin"
LARGEST = 36500  # of days a century: no calendar knows the day that lies further off


class ResCompany(models.Model):
    """Who is asked where nobody nearer is left."""

    _inherit = "res.company"

    outsourcing_deputy_id = fields.Many2one(
        "res.users",
        string="Deputy of the company",
        domain=[("share", "=", False)],
        help="Is asked where a document, its community and its areas name nobody who is still there.",
    )

    @ormcache("self.id")
    def _get_outsourcing_zone(self):
        """Return the name of the company's time zone: its own, else its working hours', else UTC.

        Every page asks for it: it is kept until one of the three says otherwise.
        """
        company = self.sudo()  # a setting
        return company.partner_id.tz or company.resource_calendar_id.tz or "UTC"

    @ormcache("self.id", "name")
    def _get_outsourcing_setting(self, name):
        """Return a number, word or switch of the company's settings without reading the whole company.

        Boards and forms ask for it on every opening: it is kept until a setting is changed.

        :param str name: field ``outsourcing_...`` of the company that is no relation
        """
        return self.sudo()[name]  # a setting

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_outsourcing_numbers(vals)
        return super().create(vals_list)

    @api.model
    def _check_outsourcing_numbers(self, vals):
        """Raise where a setting is a number with which no deadline can be worked out."""
        for name, value in vals.items():
            field = self._fields.get(name)
            if field and name.startswith("outsourcing_") and field.type == "integer":
                # core makes floats of large ones and takes words for numbers
                if isinstance(value, int | float | str) and not 0 <= float(value or 0) <= LARGEST:
                    label = field._description_string(self.env)
                    problem = self.env._("a number between 0 and %s is expected.", f"{LARGEST:,}")
                    raise ValidationError(labelled(self.env, label, problem))

    def write(self, vals):
        self._check_outsourcing_numbers(vals)
        result = super().write(vals)
        zone = ("partner_id", "resource_calendar_id")
        if any(name in zone or name.startswith("outsourcing_") for name in vals):
            self.env.registry.clear_cache()
        return result

    def _filter_outsourcing_staff(self, users, group=None):
        """Return those of ``users`` who can still be asked: there, staff, no system account.

        :param str group: external id of a group they have to belong to
        """
        return users.filtered(
            lambda user: (
                user.active
                and not user.share
                and not user._is_superuser()
                and (not group or user.has_group(group))
            )
        )

    def _get_outsourcing_deputies(self, group=None):
        """Return who is asked where nobody nearer is left: the deputy, then the company's managers.

        The administrator is asked only if named as deputy: he runs the system, not the communities.

        :param str group: external id of a group they have to belong to
        """
        self.ensure_one()
        deputy = self._filter_outsourcing_staff(self.sudo().outsourcing_deputy_id, group)  # a setting
        return deputy | self._search_outsourcing_staff(group or MANAGER)

    def _get_outsourcing_admins(self):
        """Return who configures the suite in this company; the administrator where there is nobody else."""
        self.ensure_one()
        admin = self.env.ref("base.user_admin", raise_if_not_found=False) or self.env["res.users"]
        # sudo: whether the administrator is still there
        return self._search_outsourcing_staff(ADMIN) | self._filter_outsourcing_staff(admin.sudo(), ADMIN)

    def _search_outsourcing_staff(self, group):
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        domain = Domain("all_group_ids", "in", self.env.ref(group).ids) & Domain(
            "company_ids", "in", self.ids
        )
        if admin:
            domain &= Domain("id", "!=", admin.id)
        # names of staff only
        users = self.env["res.users"].sudo().search(domain & Domain("share", "=", False), order="id")
        return self._filter_outsourcing_staff(users)
