from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..workflow.gate import is_gate_open

STATE_FIELDS = (
    "outsourcing_state",
    "outsourcing_state_until",
    "outsourcing_state_reason",
    "outsourcing_sanction_company_ids",
)


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "outsourcing.batch.mixin", "outsourcing.in.use.mixin"]

    outsourcing_state = fields.Selection(
        [
            ("candidate", "Candidate"),
            ("qualified", "Qualified"),
            ("suspended", "Suspended"),
            ("blacklisted", "Blacklisted"),
        ],
        string="Contractor status",
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="Candidate: known, not yet admitted. Qualified: may be chosen and dispatched. "
        "Suspended: keeps its contracts, gets no new work. "
        "Blacklisted: never again, and not paid before a manager decides.",
    )
    outsourcing_state_until = fields.Date(
        string="Status until",
        copy=False,
        tracking=True,
        help="Last day of the present status: a suspension ends by itself after it, a qualification lapses.",
    )
    outsourcing_state_reason = fields.Char(
        string="Reason of the status", copy=False, readonly=True, groups="base.group_user"
    )
    outsourcing_service_type_ids = fields.Many2many(
        "outsourcing.service.type",
        "outsourcing_partner_service_type_rel",
        "partner_id",
        "service_type_id",
        string="Outsourced services",
        help="What the firm does for us; it decides which documents are asked for.",
        copy=False,  # who duplicates a contact need not read service types
    )
    outsourcing_document_ids = fields.One2many(
        "outsourcing.document", "partner_id", string="Compliance documents"
    )
    outsourcing_certificate_ids = fields.One2many(
        "outsourcing.document", "person_id", string="Certificates of the person"
    )
    outsourcing_performer_ids = fields.One2many(
        "res.partner",
        "parent_id",
        string="People of the contractor",
        domain=[("type", "=", "contact"), ("is_company", "=", False)],
    )
    outsourcing_document_count = fields.Integer(
        string="Documents", compute="_compute_outsourcing_document_counts"
    )
    outsourcing_unverified_count = fields.Integer(
        string="Documents to verify", compute="_compute_outsourcing_document_counts"
    )
    outsourcing_expiring_count = fields.Integer(
        string="Expiring documents", compute="_compute_outsourcing_document_counts"
    )
    outsourcing_expired_count = fields.Integer(
        string="Expired documents", compute="_compute_outsourcing_document_counts"
    )

    def _compute_outsourcing_document_counts(self):
        current = [("partner_id", "in", self.ids), ("is_superseded", "=", False)]
        for name, states in {
            "outsourcing_document_count": (),
            "outsourcing_unverified_count": ("unverified",),
            "outsourcing_expiring_count": ("expiring",),
            "outsourcing_expired_count": ("expired",),
        }.items():
            domain = current + ([("state", "in", states)] if states else [])
            groups = self.env["outsourcing.document"]._read_group(domain, ["partner_id"], ["__count"])
            counts = dict(groups)
            for partner in self:
                partner[name] = counts.get(partner._origin, 0)

    @api.constrains("outsourcing_state")
    def _check_outsourcing_state(self):
        named = [("representative_ids", "in", self.filtered("outsourcing_state").ids)]
        # sudo: whose owners a contact represents decides, whoever registers it
        community = self.env["outsourcing.community"].sudo().search(named, limit=1)
        if community:
            owner = community.representative_ids & self
            raise ValidationError(
                self.env._(
                    "%(person)s represents the owners of %(community)s and cannot be a contractor.",
                    person=owner[0].name,
                    community=community.name,
                )
            )
        for partner in self:
            if partner.outsourcing_state and partner.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(firm)s: the status belongs to the firm.",
                        contact=partner.name,
                        firm=partner.commercial_partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("default_outsourcing_state"):
            # the default is meant for the firm, not for the people created together with it
            vals_list = [
                {"outsourcing_state": False, "is_company": False, **vals} if vals.get("parent_id") else vals
                for vals in vals_list
            ]
        partners = super().create(vals_list)
        if not is_gate_open(self) and any(
            partner.outsourcing_state not in (False, "candidate")
            or partner.outsourcing_state_until
            # whoever created it: nobody may have set it
            or partner.sudo().outsourcing_state_reason
            or partner.sudo().outsourcing_sanction_company_ids
            for partner in partners
        ):
            raise ValidationError(self.env._("A new contractor always starts as a candidate."))
        partners.filtered("outsourcing_state")._record_outsourcing_history({})
        return partners

    def write(self, vals):
        if not is_gate_open(self):
            self._check_outsourcing_state_untouched(vals)
        return super().write(vals)

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_outsourcing_view_documents(self):
        """Open the documents of the contractor, of its people and for its contracts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_document_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

    def action_outsourcing_view_compliance(self):
        """Open what is asked of the contractor and what of it is on file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_compliance_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "views": [(False, view) for view in ("list", "kanban", "pivot", "graph")],
            "context": {"search_default_standing": 1},
        }

    def _is_of_outsourcing(self):
        return bool(self.commercial_partner_id.outsourcing_state)

    def _get_event_company(self):
        return self.company_id or self.env.company

    def _check_outsourcing_state_untouched(self, vals):
        """Raise UserError if ``vals`` would change the status past its buttons."""
        names = set(STATE_FIELDS) & set(vals)
        partners_sudo = self.sudo()  # compares only
        if names and any(names & partner._get_changed_fields(vals) for partner in partners_sudo):
            raise UserError(self.env._("The status of a contractor changes only through its buttons."))

    def _get_changed_fields(self, vals):
        """Return the names in ``vals`` that say something else than is there; commands always do."""
        self.ensure_one()
        return {
            name
            for name, value in vals.items()
            if name in self._fields and self._is_other_value(self._fields[name], value)
        }

    def _is_other_value(self, field, value):
        if field.type in ("one2many", "many2many"):
            return bool(value)
        cached = field.convert_to_cache(value, self, validate=False)
        return (self[field.name] or False) != (field.convert_to_record(cached, self) or False)
