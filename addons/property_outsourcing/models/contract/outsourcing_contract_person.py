from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import RUNNING_STATES

STATES_BY_URGENCY = ("expired", "unverified", "expiring", "upcoming", "valid")


class OutsourcingContractPerson(models.Model):
    """A person the contract names: who leads the work, and whom the parties may not exchange silently."""

    _name = "outsourcing.contract.person"
    _description = "Person Named in a Contract"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "contract_id, date_end desc, sequence, id"
    _rec_name = "person_id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    contractor_id = fields.Many2one(related="contract_id.contractor_id")
    contract_state = fields.Selection(related="contract_id.state", string="State of Contract")
    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [
            ("manager", "Project manager"),
            ("technical", "Technical lead"),
            ("safety", "Safety officer"),
            ("quality", "Quality inspector"),
            ("foreman", "Foreman"),
            ("special", "Special trade worker"),
            ("wages", "Labour and wages clerk"),
            ("signatory", "Authorised signatory"),
            ("supervisor", "Supervising engineer"),
            ("other", "Other"),
        ],
        required=True,
        default="manager",
    )
    person_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_company', '=', False), ('commercial_partner_id', '=', role_firm_id)]",
    )
    role_firm_id = fields.Many2one(
        "res.partner", compute="_compute_role_firm_id", export_string_translation=False
    )
    firm_id = fields.Many2one(related="person_id.commercial_partner_id", string="Firm")
    phone = fields.Char(related="person_id.phone")
    is_key = fields.Boolean("Key Person", default=True, help="Replaced with our consent only.")
    may_sign = fields.Boolean(help="May sign for the firm in the portal and on paper.")
    date_start = fields.Date("Present since")
    date_end = fields.Date("Present until", readonly=True, copy=False)
    replaced_by_id = fields.Many2one(
        "outsourcing.contract.person", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    date_consent = fields.Date("Consent on", readonly=True, copy=False)
    consent_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    replacement_reason = fields.Char(readonly=True, copy=False)
    is_replaced_without_consent = fields.Boolean("Without Consent", readonly=True, copy=False)

    certificate_ids = fields.Many2many(
        "outsourcing.document", string="Certificates", compute="_compute_certificates"
    )
    certificate_state = fields.Selection(
        [
            ("missing", "No certificate"),
            ("expired", "Expired"),
            ("unverified", "To verify"),
            ("expiring", "Expiring"),
            ("upcoming", "Not yet in force"),
            ("valid", "Valid"),
        ],
        compute="_compute_certificates",
    )
    date_certificate_end = fields.Date("Certificates until", compute="_compute_certificates")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "date_end", "replaced_by_id", "date_consent", "consent_by_id", "replacement_reason",
            "is_replaced_without_consent",
        }  # fmt: skip

    @api.model
    def _get_in_force_domain(self):
        return super()._get_in_force_domain() & Domain("date_end", "=", False)

    @api.depends("person_id")
    def _compute_certificates(self):
        documents = self.env["outsourcing.document"]
        domain = Domain("person_id", "in", self.person_id.ids) & Domain("is_superseded", "=", False)
        by_person = documents.search(domain).grouped("person_id") if documents.has_access("read") else {}
        for row in self:
            held = by_person.get(row.person_id._origin, documents)
            states = set(held.mapped("state"))
            row.certificate_ids = held
            row.certificate_state = next((s for s in STATES_BY_URGENCY if s in states), "missing")
            row.date_certificate_end = min(filter(None, held.mapped("date_end")), default=False)

    @api.depends("role", "contract_id.contractor_id", "contract_id.supervising_firm_id")
    def _compute_role_firm_id(self):
        for row in self:
            contract = row.contract_id
            supervises = row.role == "supervisor"
            row.role_firm_id = contract.supervising_firm_id if supervises else contract.contractor_id

    @api.constrains("person_id", "role", "contract_id")
    def _check_firm(self):
        for row in self:
            firm = row.role_firm_id
            if row.person_id.commercial_partner_id != firm or row.person_id == firm:
                raise ValidationError(
                    self.env._(
                        "%(person)s is not a person of %(firm)s.",
                        person=row.person_id.name,
                        firm=firm.name or self.env._("the supervising firm"),
                    )
                )

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for row in self:
            if row.date_start and row.date_end and row.date_end < row.date_start:
                raise ValidationError(self.env._("%s: gone before present.", row.person_id.name))

    # ---- replacement ------------------------------------------------------------------------------------

    def action_replace(self):
        """Ask who replaces the person, since when, and whether we agreed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Replace a Person"),
            "res_model": "outsourcing.contract.person.replace",
            "view_mode": "form",
            "target": "new",
            "context": {"default_row_id": self.id},
        }

    def _replace(self, person, date, reason, date_consent=None):
        """Let ``person`` take the place of ``self`` from ``date`` on; both lines stay on record.

        :param person: res.partner of the same firm
        :param date: first day of the new person
        :param str reason: why
        :param date_consent: day we agreed; for a key person its absence is recorded
        :return: the line of the new person
        """
        self.ensure_one()
        contract = self.contract_id
        contract._require_group("property_outsourcing.group_outsourcing_manager")
        contract.check_access("write")
        if contract.state not in RUNNING_STATES:
            raise UserError(self.env._("People are replaced while the contract runs; a draft is edited."))
        if self.date_end:
            raise UserError(self.env._("%s has already been replaced.", self.person_id.name))
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the person is replaced."))
        if person == self.person_id:
            raise UserError(self.env._("Choose another person."))
        vals = {"person_id": person.id, "date_start": date, "may_sign": self.may_sign}
        successor = self._gated().copy(vals)  # the actor was checked above
        self._gated().write(
            {
                "date_end": fields.Date.subtract(date, days=1),
                "replaced_by_id": successor.id,
                "replacement_reason": reason.strip(),
                "date_consent": date_consent,
                "consent_by_id": date_consent and self.env.uid,
                "is_replaced_without_consent": self.is_key and not date_consent,
            }
        )
        contract._gated().message_post(body=self._get_replacement_message(successor, date_consent))
        return successor.with_env(self.env)

    def _get_replacement_message(self, successor, date_consent):
        names = {"old": self.person_id.name, "new": successor.person_id.name}
        if date_consent or not self.is_key:
            return self.env._("%(old)s is replaced by %(new)s.", **names)
        return self.env._("%(old)s was replaced by %(new)s without our consent.", **names)
