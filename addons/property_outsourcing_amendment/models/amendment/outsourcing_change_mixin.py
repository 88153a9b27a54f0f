from odoo import api, fields, models
from odoo.exceptions import UserError

USER = "property_outsourcing.group_outsourcing_user"
MANAGER = "property_outsourcing.group_outsourcing_manager"
ACTIVITY_APPROVAL = "property_outsourcing_amendment.activity_type_change_approval"


class OutsourcingChangeMixin(models.AbstractModel):
    """What amendments and site variations share: number, one or two approvals, the contractor's signature."""

    _name = "outsourcing.change.mixin"
    _description = "Change of a contract"
    _inherit = [
        "outsourcing.signed.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "outsourcing.evidence.mixin",
    ]
    _rec_names_search = ["name", "title", "contract_id.title"]
    _upload_modes = ("evidence", "paper")

    _portal_path = None
    _counter_field = None  # of the contract: how many of these it has drawn
    _amount_field = None  # what the change is worth, in the contract's currency
    _limit_field = None  # of the company: the amount above which two managers approve
    _states_of_approval = None  # (state that waits for the approval, state it leads to)

    name = fields.Char(
        "Number", readonly=True, copy=False, index="trigram", help="Drawn with the approval, not before."
    )
    number = fields.Integer("Number in the Contract", readonly=True, copy=False, aggregator=None)
    title = fields.Char(required=True, tracking=True)
    contract_id = fields.Many2one(
        "outsourcing.contract",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('state', 'in', ('active', 'suspended'))]",
    )
    contractor_id = fields.Many2one(
        related="contract_id.contractor_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    user_id = fields.Many2one(
        "res.users", "Author", readonly=True, copy=False, index=True, default=lambda self: self.env.user
    )
    submitted_by_id = fields.Many2one("res.users", "Submitted by", readonly=True, copy=False)
    date_submitted = fields.Datetime("Submitted on", readonly=True, copy=False)
    first_approved_by_id = fields.Many2one("res.users", "First Approval by", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    date_approved = fields.Datetime("Approved on", readonly=True, copy=False)
    needs_second_approval = fields.Boolean(compute="_compute_needs_second_approval")
    signer_id = fields.Many2one("res.partner", "Signed for the Contractor by", readonly=True, copy=False)
    signer_name = fields.Char("Name as Signed", readonly=True, copy=False)
    # in the row itself: an attachment of its own could be deleted by whoever may write the document
    signature = fields.Binary("Signature of the Contractor", attachment=False, readonly=True, copy=False)
    is_paper = fields.Boolean(
        "Signed on Paper", readonly=True, copy=False, help="The scan of the signed sheets is on file."
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends(lambda self: (self._amount_field, "company_id") if self._amount_field else ())
    def _compute_needs_second_approval(self):
        for change in self:
            change.needs_second_approval = change._requires_second_approval()

    @api.depends("name", "title")
    def _compute_display_name(self):
        for change in self:
            change.display_name = " ".join(part for part in (change.name, change.title) if part)

    def _compute_access_url(self):
        super()._compute_access_url()
        for change in self:
            change.access_url = f"/my/outsourcing/{self._portal_path}/{change.id}"

    # ---- CRUD -------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "name": False, "number": False, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def _draw_numbers(self):
        """Number these changes (in sudo): what was refused before its approval uses up no number."""
        for change in self.filtered(lambda change: not change.number):  # each counts in its own contract
            number = change.contract_id._draw_change_number(self._counter_field)
            change._gated().write({"number": number, "name": change._prepare_number(f"{number:02d}")})

    @api.ondelete(at_uninstall=True)
    def _unlink_except_numbered(self):
        for change in self.filtered("number"):
            raise UserError(
                self.env._(
                    "%s has its number already: cancel it instead of deleting it.", change.display_name
                )
            )

    def _prepare_number(self, number):
        """Return the name of this change, the ``number``-th of its contract. Hook."""
        raise NotImplementedError

    # ---- approval ---------------------------------------------------------------------------------------

    def action_approve(self):
        """Approve; a change above the company's limit needs a second manager."""
        waiting, approved = self._states_of_approval
        first = self.filtered(
            lambda change: (
                change.state == waiting
                and change._requires_second_approval()
                and not change.sudo().first_approved_by_id  # who has approved
            )
        )
        first._approve_first()
        (self - first)._transition_to(approved)

    def _get_second_approval_limit(self):
        """Return the amount above which a second manager approves; 0 means never. Hook."""
        self.ensure_one()
        return self.company_id._get_outsourcing_setting(self._limit_field)

    def _requires_second_approval(self):
        """Return whether two managers have to approve. Hook."""
        self.ensure_one()
        return self.company_id._outsourcing_is_above(
            self._get_second_approval_limit(), abs(self[self._amount_field]), self.currency_id
        )

    def _approve_first(self):
        """Record the first of two approvals."""
        if not self:
            return
        approved = self._states_of_approval[1]
        self._check_actor(approved)
        changes = self.sudo()  # the actor was checked
        changes._check_duties(approved)
        changes._check_approvable()
        self._gated().write({"first_approved_by_id": self.env.uid})
        changes.activity_unlink(self._get_step_events())
        changes._ask_approver()
        said = self.env._("Approved by %s; a second manager has to approve.", self.env.user.name)
        changes._message_log_batch(dict.fromkeys(changes.ids, said))

    def _after_transition(self, target):
        super()._after_transition(target)
        self.activity_unlink(self._get_step_events())  # only what the system asked for: the step is taken
        waiting, approved = self._states_of_approval
        if target == waiting:
            self._ask_approver()
        elif target == approved:
            self._draw_numbers()

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.contract_id.manager_id | self.community_id._get_managers() | self.user_id

    def _ask_approver(self):
        """Ask the nearest manager up the tree of areas, never one who has acted, to approve (in sudo)."""
        asked = {}
        for (company, area, acted), changes in self.grouped(
            lambda change: (change.company_id, change.community_id.area_id, change._get_acting_users())
        ).items():
            approver = company._outsourcing_get_approvers(area, acted)[:1]
            for change in changes if approver else ():
                summary = self.env._("Approve %s", change.display_name)
                asked[change] = {"summary": summary, "users": approver}
        self._schedule_events(ACTIVITY_APPROVAL, asked)

    def _get_barred_users(self, event):
        users = super()._get_barred_users(event)
        asks_for_step = event in self.env["mail.activity.type"].union(
            *(self.env.ref(xmlid) for xmlid in self._get_step_events())
        )
        return users | self._get_acting_users() if asks_for_step else users

    @api.model
    def _get_step_events(self):
        """Return the events that ask for a step; the step taken closes their activities. Hook."""
        return [ACTIVITY_APPROVAL]

    def _get_acting_users(self):
        """Return who has taken a step already and does not approve. Hook."""
        self.ensure_one()
        return self.user_id | self.submitted_by_id | self.first_approved_by_id

    def _check_approvable(self):
        """Raise UserError unless these changes (in sudo) can be approved by the acting person. Hook."""

    # ---- paper ------------------------------------------------------------------------------------------

    def action_record_paper(self):
        """Open the dialogue that enters the sheet the contractor signed."""
        return self._get_upload_action("paper", self.env._("Signed on paper"))

    def _check_may_add_evidence(self):
        super()._check_may_add_evidence()
        self._require_group(USER)

    def _receive_upload(self, upload, files):
        if upload.mode == "paper":
            return self._record_paper(upload.performer_id, files)
        return super()._receive_upload(upload, files)

    def _record_paper(self, signer, files):
        """Enter the signature ``signer`` gave on paper (代录); the scan of the signed sheets proves it.

        :param signer: the person of the contractor who signed (res.partner)
        :param list files: (file name, bytes); at least one
        """
        self.ensure_one()
        self._check_may_add_evidence()
        if not files:
            raise UserError(self.env._("Attach the scan of the sheet the party signed."))
        contractor = self.sudo().contractor_id  # the party only
        if not signer or not signer._is_person_of(contractor):
            # sudo: the name only
            raise UserError(
                self.env._(
                    "%(person)s is not one of the people of %(firm)s.",
                    person=signer.sudo().name or self.env._("Nobody"),
                    firm=contractor.name,
                )
            )
        self._sign_on_paper(signer, files)

    def _sign_on_paper(self, signer, files):
        """Keep the scans and take the step the signature allows; who acts was checked. Hook."""
        raise NotImplementedError

    def _get_evidence_vals(self):
        return {
            **super()._get_evidence_vals(),
            "contract_id": self.contract_id.id,
            "contractor_id": self.contractor_id.id,
            "company_id": self.company_id.id,
        }
