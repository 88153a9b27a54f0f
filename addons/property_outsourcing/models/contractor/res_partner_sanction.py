from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...tools import join_names
from ..workflow.gate import open_gate
from ..workflow.trade_time import trade_today

SANCTIONS = ("suspended", "blacklisted")


class ResPartner(models.Model):
    """Whom a suspension or blacklisting binds: the companies that decided it, others as they have set.

    Companies are told apart by their root: a branch is bound by what its legal entity decided.
    """

    _inherit = "res.partner"

    outsourcing_sanction_company_ids = fields.Many2many(
        "res.company",
        "outsourcing_sanction_company_rel",
        "partner_id",
        "company_id",
        "Suspended or Blacklisted by",
        readonly=True,
        copy=False,
        # read in sudo alone: with the rights of who may not open the other company it is empty, and stays so
        # in the cache for all that rests on it
        groups=fields.NO_ACCESS,
        help="Each company ends its own decision. Whether it binds the others is a setting of theirs.",
    )
    outsourcing_sanction_names = fields.Char(
        "Decided by",
        compute="_compute_outsourcing_is_foreign_sanction",
        compute_sudo=True,
        groups="base.group_user",
        help="Which companies suspended or blacklisted the contractor; empty where it is this one alone.",
    )
    outsourcing_is_foreign_sanction = fields.Boolean(
        compute="_compute_outsourcing_is_foreign_sanction", compute_sudo=True, groups="base.group_user"
    )
    outsourcing_is_choosable = fields.Boolean(
        "May be Chosen",
        compute="_compute_outsourcing_is_choosable",
        search="_search_outsourcing_is_choosable",
        compute_sudo=True,
        groups="base.group_user",
        help="Qualified in this company.",
    )

    @api.depends("outsourcing_state", "outsourcing_sanction_company_ids")
    @api.depends_context("company")
    def _compute_outsourcing_is_foreign_sanction(self):
        root = self.env.company.root_id
        for partner in self:
            deciders = partner.outsourcing_sanction_company_ids
            stands = partner.outsourcing_state in SANCTIONS and bool(deciders)
            partner.outsourcing_is_foreign_sanction = stands and root not in deciders
            others = stands and deciders != root
            partner.outsourcing_sanction_names = others and join_names(self.env, deciders.mapped("name"))

    @api.depends("outsourcing_state", "outsourcing_sanction_company_ids")
    @api.depends_context("company")
    def _compute_outsourcing_is_choosable(self):
        for partner in self:
            state = partner._get_outsourcing_state_for(self.env.company)
            partner.outsourcing_is_choosable = state == "qualified"

    def _search_outsourcing_is_choosable(self, operator, value):
        if operator != "in":
            return NotImplemented
        company = self.env.company
        domain = Domain("outsourcing_state", "=", "qualified")
        if company.outsourcing_foreign_sanction == "warn":
            deciders = "outsourcing_sanction_company_ids"
            foreign = Domain("outsourcing_state", "in", SANCTIONS) & Domain(deciders, "!=", False)
            foreign &= ~Domain(deciders, "in", company.root_id.ids)
            # who decided only; the firms found are those the reader sees
            domain |= Domain("id", "in", self.sudo()._search(foreign))
        return domain if True in value else ~domain

    # ---- what counts where ------------------------------------------------------------------------------

    def _get_outsourcing_state_for(self, company):
        """Return the status of the firm ``self`` (in sudo) as it counts in ``company``."""
        self.ensure_one()
        if self.outsourcing_state not in SANCTIONS or self._is_outsourcing_sanction_binding(company):
            return self.outsourcing_state
        return self._get_outsourcing_state_before()

    def _is_outsourcing_sanction_binding(self, company):
        deciders, root = self.outsourcing_sanction_company_ids, company.root_id
        # who decided in earlier versions is not on record: that binds everybody
        return (
            not deciders
            or root in deciders
            or company._get_outsourcing_setting("outsourcing_foreign_sanction") == "bind"
        )

    def _get_outsourcing_state_before(self):
        """Return the status the firm had before it was suspended or blacklisted, if it still held today."""
        before = self.outsourcing_history_ids.filtered(lambda entry: entry.state_to not in SANCTIONS)
        entry = before.sorted("id")[-1:]
        if entry.state_to == "qualified" and entry.date_until and entry.date_until < trade_today(self):
            return "candidate"
        return entry.state_to if entry and entry.state_to != "none" else False

    def _get_foreign_sanction_sentence(self, company):
        """Return what another company decided and ``company`` is only warned of, or False."""
        self.ensure_one()
        if self._get_outsourcing_state_for(company) == self.outsourcing_state:
            return False
        return self.env._(
            "%(sentence)s (decided by %(companies)s; it does not bind %(company)s)",
            sentence=self._get_contractor_state_sentence(self.outsourcing_state),
            companies=join_names(self.env, self.outsourcing_sanction_company_ids.mapped("name")),
            company=company.name,
        )

    # ---- decisions --------------------------------------------------------------------------------------

    def _check_outsourcing_transition(self, target, scheduled=False):
        foreign = self.filtered("outsourcing_is_foreign_sanction")
        if target not in SANCTIONS and not scheduled and foreign:
            # names of companies only
            companies = foreign[0].sudo().outsourcing_sanction_company_ids
            raise UserError(
                self.env._(
                    "%(contractor)s was %(state)s by %(companies)s: a manager there ends it.",
                    contractor=foreign[0].display_name,
                    state=self._get_outsourcing_state_label(foreign[0].outsourcing_state),
                    companies=join_names(self.env, companies.mapped("name")),
                )
            )
        joining = foreign.filtered(lambda partner: partner.outsourcing_state == target)
        return super(ResPartner, self - joining)._check_outsourcing_transition(target, scheduled)

    def _write_outsourcing_state(self, target, reason=None, date_until=None, scheduled=False):
        root = self.env.company.root_id
        if target in SANCTIONS:
            by_end = self.grouped(lambda partner: partner._get_longer_sanction(target, date_until))
            for until, partners in by_end.items():
                super(ResPartner, partners)._write_outsourcing_state(target, reason, until, scheduled)
            open_gate(self).write({"outsourcing_sanction_company_ids": [Command.link(root.id)]})
            return
        leaving = self.browse() if scheduled else self.filtered(lambda p: p._get_other_deciders(root))
        for partner in leaving:
            others = partner._get_other_deciders(root)
            last = partner._get_last_sanction(others)
            state = last.state_to or partner.outsourcing_state
            super(ResPartner, partner)._write_outsourcing_state(state, last.reason, last.date_until)
            partner._leave_outsourcing_sanction(others, reason)
        ended = self - leaving
        super(ResPartner, ended)._write_outsourcing_state(target, reason, date_until, scheduled)
        open_gate(ended).write({"outsourcing_sanction_company_ids": [Command.clear()]})

    def _get_other_deciders(self, root):
        partner = self.sudo()  # who decided only
        return partner.outsourcing_state in SANCTIONS and partner.outsourcing_sanction_company_ids - root

    def _get_longer_sanction(self, target, date_until):
        """Return the later of the ends of a sanction that others decided already; False: none is set."""
        if self.outsourcing_state != target:
            return date_until
        own = self.outsourcing_state_until
        return max(own, date_until) if own and date_until else False

    def _get_last_sanction(self, companies):
        """Return the entry of the history (in sudo) by which ``companies`` last decided on a sanction."""
        # sudo: who decided and until when, also for another company of the group
        entries = self.sudo().outsourcing_history_ids.filtered(
            lambda entry: entry.decided_for_id in companies and entry.state_to in SANCTIONS
        )
        return entries.sorted("id")[-1:]

    def _leave_outsourcing_sanction(self, others, reason):
        """Note that this company ended what it decided; what ``others`` decided stands on."""
        gated = open_gate(self)  # the actor was checked by the caller
        gated.write({"outsourcing_sanction_company_ids": [Command.set(others.ids)]})
        note = self.env._("%(company)s ends its own decision.", company=self.env.company.name)
        gated._message_log(body=f"{note} {reason or ''}".strip())
