from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import format_money
from ..workflow.missing_points import MissingPoint
from ..workflow.trade_time import trade_today
from .outsourcing_compliance import SEVERITY, STATES

# which states of a firm stand in the way of which purpose; a debt of ours does not end with a suspension: it
# is settled ("pay"), while the money ("payout") waits for the end of the suspension or a manager's release
BLOCKING_STATES = {
    "award": (False, "candidate", "suspended", "blacklisted"),
    "activate": (False, "candidate", "suspended", "blacklisted"),
    "dispatch": (False, "candidate", "suspended", "blacklisted"),
    "pay": ("blacklisted",),
    "payout": ("suspended", "blacklisted"),
}
DOCUMENT_PURPOSES = ("award", "activate", "dispatch")


class _AskedService(NamedTuple):
    """The service type blockers are asked for, in a context: a client sends lists and numbers, no tuples."""

    service_id: int


class ResPartner(models.Model):
    """May this firm be chosen, dispatched, paid?"""

    _inherit = "res.partner"

    # What a user has read through outsourcing_document_ids is cut to what he may see, and stays so in
    # the cache for sudo as well. A verdict needs all documents: they are searched as superuser, for a
    # whole batch at once.
    outsourcing_compliance_ids = fields.Many2many(
        "outsourcing.document",
        string="Documents looked at",
        compute="_compute_outsourcing_compliance_ids",
        compute_sudo=True,
        groups="base.group_system",
        export_string_translation=False,
    )

    outsourcing_tier = fields.Char(
        "Supplier Tier",
        compute="_compute_outsourcing_tier",
        compute_sudo=True,
        groups="base.group_user",
        help="In this company, from its evaluated quarters.",
    )
    outsourcing_compliance_state = fields.Selection(
        STATES,
        string="Compliance",
        compute="_compute_outsourcing_compliance_state",
        search="_search_outsourcing_compliance_state",
        compute_sudo=True,
        groups="base.group_user",
        help="The worst state of a document asked of the contractor, its running contracts included.",
    )

    @api.depends_context("company", "lang")
    def _compute_outsourcing_tier(self):
        tiers = self._map_outsourcing_tiers()
        for partner in self:
            partner.outsourcing_tier = tiers.get(partner._origin)

    def _map_outsourcing_tiers(self):
        """Return the tier of the firms ``self`` (in sudo) in the company. Hook: extend super's dict.

        :return: dict ``res.partner`` -> short label (A, B, C); who is in no tier is missing
        """
        return {}

    def _compute_outsourcing_compliance_state(self):
        severities = self._get_compliance_severities([("partner_id", "in", self.ids)])
        names = {rank: name for name, rank in SEVERITY.items()}
        for partner in self:
            partner.outsourcing_compliance_state = names.get(severities.get(partner._origin.id))

    def _search_outsourcing_compliance_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        severities = self._get_compliance_severities([])
        wanted = {SEVERITY[state] for state in value if state in SEVERITY}
        domain = Domain("id", "in", [partner for partner, rank in severities.items() if rank in wanted])
        if False in value:
            domain |= Domain("id", "not in", list(severities))
        return domain

    @api.model
    def _get_compliance_severities(self, domain):
        """Return a dict: the worst severity of each contractor's id. As superuser: a verdict sees all."""
        compliance = self.env["outsourcing.compliance"].sudo()  # worst states only, see the docstring
        groups = compliance._read_group(
            [*domain, *compliance._get_standing_domain()], ["partner_id"], ["severity:max"]
        )
        return {partner.id: severity for partner, severity in groups}

    @api.depends("outsourcing_document_ids.active")
    def _compute_outsourcing_compliance_ids(self):
        documents = dict(
            self.env["outsourcing.document"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["id:recordset"]
            )
        )
        for partner in self:
            partner.outsourcing_compliance_ids = documents.get(partner._origin, False)

    def _get_contractor_blockers(self, purpose, contract=None):
        """Tell what stands in the way of ``purpose`` for the contractors ``self``. Hook: extend super's list.

        Called for the records of one set in a loop, it costs no query per record.

        :param str purpose: award, activate, dispatch, pay (settle a debt) or payout (let the money go)
        :param contract: the contract it is for; then its required documents count, signed letters included.
            Before there is one, ask ``self._with_asked_service(service_type)``
        :return: list of translated sentences, each naming the firm, with a link to the document where it is
            one; empty when nothing stands in the way
        """
        blockers = []
        # sudo: a contractor's portal user or a supervisor may ask; sentences, not documents, are answered
        firms, contract = self.sudo().commercial_partner_id, contract and contract.sudo()
        company = contract.company_id if contract else self.env.company
        for partner in firms:
            blockers += partner._get_contractor_state_blockers(purpose, company)
            if purpose in DOCUMENT_PURPOSES:
                blockers += partner._get_contractor_document_blockers(contract)
        return blockers

    def _with_asked_service(self, service_type):
        """Return ``self`` as asked for work of ``service_type`` while there is no contract yet."""
        return self.with_context(outsourcing_asked_service=_AskedService(service_type.id))

    def _get_asked_service(self, contract=None):
        """Return the service type blockers are asked for: the contract's or :meth:`_with_asked_service`'s.

        :return: ``outsourcing.service.type`` in sudo, empty: any work, whatever stands in the way counts
        """
        if contract:
            return contract.sudo().service_type_id  # compared, not shown
        services = self.env["outsourcing.service.type"].sudo()  # compared, not shown
        asked = self.env.context.get("outsourcing_asked_service")
        return services.browse(asked.service_id if isinstance(asked, _AskedService) else ())

    def _get_performer_blockers(self, contract):
        """Tell which certificates the contract asks of people the person ``self`` does not hold today.

        :return: list of translated sentences
        """
        self.ensure_one()
        person = self.sudo()  # see _get_contractor_blockers
        # sudo: a verdict counts certificates the reader may not open
        held = self.env["outsourcing.document"].sudo().search([("person_id", "=", person.id)])
        blockers = []
        # sudo: what the contract asks, not its figures
        for requirement in contract.sudo()._get_document_requirements():
            if requirement.document_type.scope != "person":
                continue
            documents = held.filtered(lambda document, r=requirement: document.type_id == r.document_type)
            blockers += person._get_document_blockers(requirement._replace(min_person_count=1), documents)
        return blockers

    @api.model
    def _get_blocking_states(self, purpose):
        """Return the states of a firm in which ``purpose`` is refused; an unknown one: none. Hook."""
        return BLOCKING_STATES.get(purpose, ())

    def _get_contractor_state_blockers(self, purpose, company):
        """Return the sentences about the status of the firm ``self`` (in sudo) in ``company``."""
        self.ensure_one()
        state = self._get_outsourcing_state_for(company)
        if state in self._get_blocking_states(purpose):
            return [self._get_contractor_state_sentence(state)]
        lapsed = self.outsourcing_state_until and self.outsourcing_state_until < trade_today(self)
        if purpose != "pay" and state == "qualified" and lapsed:
            return [
                self.env._(
                    "%(contractor)s: the qualification lapsed on %(date)s.",
                    contractor=self.name,
                    date=self.outsourcing_state_until,
                )
            ]
        return []

    def _get_contractor_state_sentence(self, state):
        reason = self.outsourcing_state_reason
        if state in ("suspended", "blacklisted") and reason and not self.env.user.share:
            return self.env._(
                "%(contractor)s is %(state)s: %(reason)s",
                contractor=self.name,
                state=self._get_outsourcing_state_label(state),
                reason=reason,
            )
        if state in ("suspended", "blacklisted"):
            return self.env._(
                "%(contractor)s is %(state)s.",
                contractor=self.name,
                state=self._get_outsourcing_state_label(state),
            )
        return self.env._("%(contractor)s is not a qualified contractor.", contractor=self.name)

    def _get_document_requirements(self, contract=None):
        """Return what is asked of the firm ``self``: its service types' set, or the terms of ``contract``.

        :return: list of ``DocumentRequirement``
        """
        self.ensure_one()
        if contract:
            return contract._get_document_requirements()
        services = self.outsourcing_service_type_ids
        requirements = services.required_document_type_ids._get_requirements(services.requirement_ids, 0)
        return [r for r in requirements if r.document_type.scope != "contract"]

    def _get_contractor_document_blockers(self, contract=None):
        """Return the sentences about required documents the firm ``self`` does not have in force."""
        self.ensure_one()
        blockers = []
        for requirement in self._get_document_requirements(contract):
            documents = self._get_documents_of(requirement, contract)
            blockers += self._get_document_blockers(requirement, documents, contract)
        return blockers

    def _get_documents_of(self, requirement, contract=None):
        """Return the documents of the firm ``self`` that ``requirement`` looks at, for ``contract``."""
        document_type = requirement.document_type
        documents = self.outsourcing_compliance_ids.filtered(lambda d: d.type_id == document_type)
        if document_type.scope == "contract":
            documents = documents.filtered(lambda document: document.contract_id == contract)
        return documents

    def _get_document_blockers(self, requirement, documents, contract=None):
        """Return at most one sentence: why none of ``documents`` satisfies ``requirement`` for ``self``.

        It leads to the document that falls short, or to a new one to be filed.
        """
        in_force = documents.filtered(lambda document: document._is_in_force())
        sufficient = in_force.filtered(lambda document: document._satisfies(requirement))
        if sufficient:
            return self._get_holder_blockers(requirement, sufficient)
        if in_force:
            return [MissingPoint(self._get_insufficient_sentence(requirement, in_force), record=in_force[:1])]
        sentence, state = self._get_not_in_force_sentence(requirement, documents)
        if state:
            found = documents.filtered(lambda document: document.state == state)[:1]
            return [MissingPoint(sentence, record=found)]
        action = self.env["outsourcing.document"]._get_new_action(
            requirement.document_type, self.commercial_partner_id, contract
        )
        return [MissingPoint(sentence, action=action)]

    def _get_not_in_force_sentence(self, requirement, documents):
        """Return why none of ``documents`` is in force, and the state of the one that comes nearest to it."""
        names = {"contractor": self.name, "document": requirement.document_type.name}
        states = set(documents.mapped("state"))
        if "unverified" in states:
            return self.env._("%(contractor)s: %(document)s has not been verified.", **names), "unverified"
        if "upcoming" in states:
            return self.env._("%(contractor)s: %(document)s is not yet in force.", **names), "upcoming"
        if "expired" in states:
            date_end = max(document.date_end for document in documents if document.date_end)
            sentence = self.env._("%(contractor)s: %(document)s expired on %(date)s.", date=date_end, **names)
            return sentence, "expired"
        return self.env._("%(contractor)s: %(document)s is missing.", **names), None

    def _get_holder_blockers(self, requirement, documents):
        """Return the sentence about too few people holding ``documents``, if so."""
        holders = len(documents.person_id)
        if requirement.document_type.scope != "person" or holders >= requirement.min_person_count:
            return []
        return [
            self.env._(
                "%(contractor)s: %(document)s is held by %(holders)s of the %(needed)s people needed.",
                contractor=self.name,
                document=requirement.document_type.name,
                holders=holders,
                needed=requirement.min_person_count,
            )
        ]

    def _get_insufficient_sentence(self, requirement, documents):
        """Return why ``documents``, though in force, do not satisfy ``requirement``."""
        names = {"contractor": self.name, "document": requirement.document_type.name}
        if all(document.insured_amount < requirement.min_insured_amount for document in documents):
            return self.env._(
                "%(contractor)s: %(document)s is insured for less than %(amount)s.",
                amount=format_money(self, requirement.min_insured_amount),
                **names,
            )
        return self.env._(
            "%(contractor)s: %(document)s is below grade %(grade)s.",
            grade=requirement.min_grade.name,
            **names,
        )
