import secrets

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

PIN_LENGTHS = range(4, 9)
EASY = ("0123456789", "9876543210")


class OutsourcingFirmPerson(models.Model):
    """What a firm says of one of its people: looks after the others, works with a PIN, sees these contracts.

    Only module code reads and writes rows; ``res.users._check_outsourcing_firm_admin`` says who may.
    """

    _name = "outsourcing.firm.person"
    _description = "Person of a firm in the portal"
    _order = "id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, readonly=True, index=True, ondelete="cascade"
    )
    firm_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="cascade")
    is_admin = fields.Boolean("Looks after the people", readonly=True)
    pin_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    pin_stamp = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Changes with each PIN: who was let in with a former one is asked again.",
    )
    date_pin = fields.Datetime("PIN set on", readonly=True)
    # a flag of its own: a contract that is deleted must not turn into "all of them"
    is_limited = fields.Boolean("Sees some contracts only", readonly=True)
    contract_ids = fields.Many2many("outsourcing.contract", string="Contracts", readonly=True)
    date_removed = fields.Datetime("Removed on", readonly=True)
    removed_by_id = fields.Many2one("res.users", "Removed by", readonly=True, ondelete="set null")

    _partner_uniq = models.UniqueIndex("(partner_id)")

    # ---- looked up by every page --------------------------------------------------------------------------

    @api.model
    @tools.ormcache("firm_id")
    def _get_facts(self, firm_id):
        """Return what is said of the people of a firm; kept in mind until a row changes.

        :param int firm_id: the firm
        :return: dict id of the person -> dict with ``is_admin``, ``stamp`` (of the PIN, False without one),
            ``limit`` (ids of contracts, None for all) and ``is_removed``
        """
        return {
            row.partner_id.id: {
                "is_admin": row.is_admin,
                "stamp": row.pin_stamp or False,
                "limit": tuple(row.contract_ids.ids) if row.is_limited else None,
                "is_removed": bool(row.date_removed),
            }
            for row in self.sudo().search([("firm_id", "=", firm_id)])  # told to module code alone
        }

    @api.model
    def _find_limited(self, people):
        """Return those of ``people`` who see some contracts of their firm only, or none (in sudo)."""
        barred = ["|", ("is_limited", "=", True), ("date_removed", "!=", False)]
        # sudo: told to module code alone
        return self.sudo().search([("partner_id", "in", people.ids), *barred]).partner_id

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env.registry.clear_cache()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _take(self, person):
        """Return the row of ``person`` (in sudo), made where there is none."""
        rows = self.sudo()  # the caller has checked who asks
        row = rows.search([("partner_id", "=", person.id)])
        return row or rows.create({"partner_id": person.id, "firm_id": person.commercial_partner_id.id})

    # ---- PIN ----------------------------------------------------------------------------------------------

    def _set_pin(self, pin):
        """Give the person a PIN; whoever works with a former one is asked again.

        :param str pin: four to eight digits, not one digit repeated nor a row of them
        :raise UserError: it is no such PIN
        """
        self.ensure_one()
        if not (pin.isascii() and pin.isdecimal() and len(pin) in PIN_LENGTHS):
            raise UserError(self.env._("A PIN has four to eight digits."))
        if len(set(pin)) == 1 or any(pin in row for row in EASY):
            raise UserError(self.env._("This PIN is too easy to guess: take other digits."))
        crypt = self.env["res.users"]._crypt_context()
        self.write(
            {
                "pin_hash": crypt.hash(pin),
                "pin_stamp": secrets.token_hex(8),
                "date_pin": fields.Datetime.now(),
            }
        )

    def _clear_pin(self):
        self.write({"pin_hash": False, "pin_stamp": False, "date_pin": False})

    def _is_pin(self, pin):
        """Return whether ``pin`` is the one of the person."""
        self.ensure_one()
        return bool(self.pin_hash) and self.env["res.users"]._crypt_context().verify(pin, self.pin_hash)
