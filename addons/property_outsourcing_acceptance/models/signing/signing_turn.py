from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment

from .outsourcing_signature_mixin import LEVELS
from .outsourcing_signing_mixin import MANAGER, SUPERVISOR


class OutsourcingSigningMixin(models.AbstractModel):
    """Who the parties are, and whose turn it is."""

    _inherit = "outsourcing.signing.mixin"

    can_sign = fields.Boolean(compute="_compute_can_sign", search="_search_can_sign")

    # ---- turn -------------------------------------------------------------------------------------------

    def _get_due_level_sql(self, level, alias):
        """Return the SQL of whether the place ``level`` waits for a signature now.

        It says the same as :meth:`_get_due_stages`.

        :param str level: a key of ``LEVELS``
        :param str alias: of the table of the document
        """
        raise NotImplementedError

    @api.depends("stage_ids.result", "state")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        user = self.env.user
        for document in self:
            due = document.sudo()._get_due_stages()  # whose turn it is
            document.can_sign = any(document._is_party(stage.level, user) for stage in due)

    def _search_can_sign(self, operator, value):
        if operator != "in":
            return NotImplemented
        turns = self._get_turn_domain(level for level, _label in LEVELS)
        return turns if True in value else ~turns

    def _get_turn_domain(self, levels):
        """Return the domain of the documents that wait for the user's signature at one of ``levels``."""
        return Domain.OR(
            self._get_party_domain(level, self.env.user) & self._get_due_level_domain(level)
            for level in levels
        )

    def _get_due_level_domain(self, level):
        return Domain.custom(
            to_sql=lambda documents, alias, _query: documents._get_due_level_sql(level, alias),
            # sudo: whose turn it is
            predicate=lambda document: level in document.sudo()._get_due_stages().mapped("level"),
        )

    def _get_party_domain(self, level, user):
        """Return the domain of the documents ``user`` signs at ``level``, as :meth:`_is_party` says it."""
        if level == "property_check":
            return self._get_member_domain(user)
        person = user.partner_id
        if not user.share or (person.is_company and level != "witness"):
            return Domain.FALSE
        if level == "witness":
            return Domain("community_id", "any!", [("representative_ids", "in", person.ids)])
        party = {"self_check": "contractor_id", "third_party_check": "third_party_id"}[level]
        return Domain(party, "in", person.sudo().commercial_partner_id.ids)  # the person's own firm

    def _get_member_domain(self, user):
        if user.share or not user.has_group(SUPERVISOR):
            return Domain.FALSE
        member = Domain("community_id", "any!", [("member_ids", "in", user.ids)])
        if user.has_group(MANAGER):
            member |= Domain("company_id", "in", user.company_ids.ids)
        return member

    # ---- parties ----------------------------------------------------------------------------------------

    def _get_stage_of(self, user):
        """Return the place that waits for ``user``; explain why there is none."""
        self.ensure_one()
        document = self.sudo()  # parties and places only; read access was checked
        stages = document._get_stages().filtered(lambda row: document._is_party(row.level, user))
        if not stages or user._is_superuser():
            raise AccessError(
                self.env._("You are not one of the parties that sign %s.", document.display_name)
            )
        due = stages & document._get_due_stages()
        if due:
            return due[0]
        signed = stages.filtered("date_signed")
        if signed:
            raise UserError(
                self.env._(
                    "%(level)s was already signed on %(date)s by %(person)s.",
                    level=signed[-1]._get_level_label(),
                    date=format_moment(self, signed[-1].date_signed),
                    person=signed[-1].signer_name,
                )
            )
        raise UserError(
            self.env._(
                "%(record)s is %(state)s and does not wait for your signature.",
                record=document.display_name,
                state=self._get_state_label(document.state),
            )
        )

    def _is_party(self, level, user):
        """Return whether ``user`` may sign at ``level`` with the own login."""
        if level == "property_check":
            return not user.share and self._is_member(user)
        return user.share and self._is_signer(level, user.partner_id)

    def _is_signer(self, level, partner):
        """Return whether ``partner``, a person, belongs to the party that ``level`` names."""
        document = self.sudo()  # parties only
        if level == "self_check":
            return partner._is_person_of(document.contractor_id)
        if level == "third_party_check":
            return partner._is_person_of(document.third_party_id)
        if level == "witness":
            return partner in document.community_id.representative_ids
        # sudo: who among them is staff
        return any(not user.share and self._is_member(user) for user in partner.sudo().user_ids)

    def _is_member(self, user):
        document = self.sudo()  # membership only
        if not user.has_group(SUPERVISOR):
            return False
        if user in document.community_id.member_ids:
            return True
        return user.has_group(MANAGER) and document.company_id in user.company_ids

    def _check_member(self, user):
        if not self._is_member(user):
            # sudo: the name of the place
            raise AccessError(
                self.env._("You are not a member of the community %s.", self.sudo().community_id.name)
            )

    def _get_firm_of(self, level):
        """Return the partner printed as the party of ``level``."""
        self.ensure_one()
        return {
            "self_check": self.contractor_id,
            "property_check": self.company_id.partner_id,
            "third_party_check": self.third_party_id,
        }.get(level, self.env["res.partner"])
