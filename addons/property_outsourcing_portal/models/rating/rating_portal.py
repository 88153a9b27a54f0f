from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day

COMMENT_MAX = 1000


class OutsourcingOwnerRating(models.Model):
    """How a representative rates: of the own communities, once a document, changeable for some days."""

    _inherit = "outsourcing.owner.rating"

    @api.model
    def _portal_rate(self, section, document_id, stars, comment=None):
        """Rate finished work, or change what the same person said some days ago.

        :param str section: of the portal, one of :meth:`_get_works`
        :param int stars: 1 to 5
        :param str comment: read by staff and the firm it is about
        :return: the rating, in sudo
        :raise AccessError: nothing of the communities the person represents, or not finished
        :raise UserError: no stars, somebody else rated it, or it is too late to change it
        """
        user = self.env.user
        document, rating = self._find_work(user, section, document_id), self._find_of(section, document_id)
        if document is None and not (rating and rating._is_represented_by(user)):
            raise AccessError(self.env._("You rate finished work of the communities you represent."))
        if stars not in range(1, 6):
            raise UserError(self.env._("Give one to five stars."))
        said = {"stars": stars, "comment": (comment or "").strip()[:COMMENT_MAX] or False}
        if rating:
            rating._check_changeable(user)
            rating._gated().write({**said, "date_changed": fields.Datetime.now()})
        else:
            # sudo: the work is one the person may rate
            rating = self.sudo()._gated().create(self._prepare_rating_vals(section, document) | said)
        rating._tell()
        return rating

    @api.model
    def _prepare_rating_vals(self, section, document):
        work = self._get_works()[section]
        return {
            "res_model": document._name,
            "res_id": document.id,
            "document": document.display_name,
            "contract_id": document[work.contract].id,
            "community_id": document[work.community].id,
            "user_id": self.env.uid,
        }

    @api.model
    def _find_of(self, section, document_id):
        """Return the rating (in sudo) of a document, still offered or not, if there is one."""
        work = self._get_works().get(section)
        ratings = self.sudo()  # the caller asks who may see it
        if not work:
            return ratings.browse()
        return ratings.search([("res_model", "=", work.model), ("res_id", "=", document_id)])

    def _is_represented_by(self, user):
        self.ensure_one()
        return self.community_id.id in user._get_represented_community_ids()

    def _get_change_until(self):
        """Return until when the rating may be changed."""
        self.ensure_one()
        days = self.company_id._get_outsourcing_setting("outsourcing_rating_days")
        return self.date_rated + timedelta(days=days)

    def _may_change(self, user):
        """Return whether ``user`` gave the rating, still speaks for the owners, and has time left."""
        self.ensure_one()
        mine = self.user_id == user and self._is_represented_by(user)
        return mine and fields.Datetime.now() <= self._get_change_until() and not self._is_counted()

    def _check_changeable(self, user):
        """Raise unless ``user`` may change the rating (in sudo)."""
        self.ensure_one()
        if self.user_id != user:
            raise UserError(self.env._("%s has rated this for the owners already.", self.user_id.name))
        if fields.Datetime.now() > self._get_change_until():
            raise UserError(self.env._("The days in which this rating could be changed are over."))
        if self._is_counted():
            raise UserError(self.env._("This rating is counted in an accepted period and stays as it is."))

    # ---- the fact ---------------------------------------------------------------------------------------

    def _get_fact_key(self):
        self.ensure_one()
        return f"owner_stars:{self.res_model}:{self.res_id}"

    def _is_counted(self):
        """Return whether the fact stands in a period that was accepted, and so stays as it is."""
        key = self._get_fact_key()
        # sudo: whether it is counted
        fact = self.env["outsourcing.fact"].sudo().search([("unique_key", "=", key)])
        return bool(fact.milestone_id.date_accepted)

    def _tell(self):
        """Let the stars, and no word of the comment, be a fact of the contract; note both for staff."""
        document = self._get_document()
        told = {
            "fact_type": "owner_stars",
            "contract": self.contract_id,
            "source": document,
            "community": self.community_id,
            "value": float(self.stars),
            "date": trade_day(self, self.date_rated),
        }
        reason = self.env._("The owners' representative has changed the rating.")
        self.env["outsourcing.fact"]._keep_true({self._get_fact_key(): told}, reason)
        said = self.env._(
            "Owners' representative %(name)s: %(stars)s", name=self.user_id.name, stars=self._draw()
        )
        body = f"{said} {self.comment}" if self.comment else said
        document.message_post(body=body, subtype_xmlid="mail.mt_note")

    def _draw(self):
        """Return the stars as people read them."""
        return "★" * self.stars + "☆" * (5 - self.stars)

    @api.model
    def _prepare_for_page(self, record):
        """Return what the page of ``record``, which the user reads, shows of its rating.

        The firm it is about reads stars and comment, never who gave them; representatives of the community
        are led to the form while they may rate. Nobody else, a third-party body for one, sees anything.

        :return: dict with ``work_rating`` (in sudo, or empty) and ``rating_url`` (or False)
        """
        user = self.env.user
        section = user._get_outsourcing_section(record)
        work = self._get_works().get(section)
        none = {"work_rating": self.browse(), "rating_url": False}
        if not work or work.model != record._name:
            return none
        doc = record.sudo()  # parties only; the page has checked the user
        represents = doc[work.community].id in user._get_represented_community_ids()
        firm = user.sudo().partner_id.commercial_partner_id  # compared only
        if not represents and doc[work.contract].contractor_id != firm:
            return none
        rating = self._find_of(section, record.id)
        url = f"/my/outsourcing/ratings/{section}/{record.id}"
        if not represents:
            return {"work_rating": rating, "rating_url": False}
        offered = rating._may_change(user) if rating else self._find_work(user, section, record.id)
        return {"work_rating": rating, "rating_url": bool(offered) and url}
