from odoo import models


class ResUsers(models.Model):
    """Sections of documents and the bar at the bottom. Add-ons above extend both."""

    _inherit = "res.users"

    def _get_outsourcing_sections(self):
        """Return the sections of the portal and whose documents they show. Hook: extend super's dict.

        A section is the word in the address ``/my/outsourcing/<section>``, where its controller, a subclass
        of ``OutsourcingPortalMixin`` with this ``_section`` and ``_model``, serves the list, and
        ``/my/outsourcing/<section>/<id>`` the document. Facts, settlements and core's pages lead there;
        photos are taken where the model, of ``outsourcing.evidence.mixin``, has ``_portal_takes_photos``.

        :return: dict section -> model name; a model with two sections needs :meth:`_get_outsourcing_section`
        """
        return {
            "contracts": "outsourcing.contract",
            "documents": "outsourcing.compliance",
            "orders": "project.task",
            "deliverables": "outsourcing.contract.deliverable",
            "adjustments": "outsourcing.adjustment",
            "amendments": "outsourcing.contract.amendment",
            "variations": "outsourcing.variation",
            "inspections": "outsourcing.inspection",
            "logs": "outsourcing.site.log",
            "defects": "outsourcing.defect",
            "scores": "outsourcing.acceptance",
            "acceptances": "outsourcing.acceptance",
            "concealed": "outsourcing.concealed.work",
            "applications": "outsourcing.payment.application",
            "settlements": "outsourcing.settlement",
            "rollups": "outsourcing.order.rollup",
        }

    def _get_outsourcing_section(self, record):
        """Return the section that shows ``record``, or False. Hook for a model whose section depends."""
        if record._name == "outsourcing.acceptance":
            return "scores" if record.sudo().method == "score" else "acceptances"  # sudo: the kind of sheet
        # sudo: whether it has one; other tasks have core's own pages
        if record._name == "project.task" and not record.sudo().outsourcing_contract_id:
            return False
        sections = {model: section for section, model in self._get_outsourcing_sections().items()}
        return sections.get(record._name, False)

    def _get_outsourcing_url(self, record):
        """Return the address of the page that shows ``record``, or False; the page asks who may read it."""
        section = self._get_outsourcing_section(record)
        return section and f"/my/outsourcing/{section}/{record.id}"

    def _get_builder_contracts(self):
        """Return what shows the cards of who repairs and builds; cleaners and guards never see any."""
        firm = self.partner_id.commercial_partner_id
        return [("outsourcing.contract", [("contractor_id", "=", firm.id), ("kind", "=", "works")])]

    def _get_outsourcing_nav(self, roles):
        """Return the bar at the bottom of the phone. Hook: extend super's list.

        A phone has room for "Today", the three entries with the lowest sequence, and "More", which leads to
        the cards: bring a card for each section, see :meth:`_get_outsourcing_cards`.

        :param set roles: as :meth:`_get_outsourcing_roles` returns it
        :return: list of dicts as :meth:`_prepare_outsourcing_nav` makes them
        """
        entry = self._prepare_outsourcing_nav
        inspections = entry("inspections", "fa-check-square-o", self.env._("Inspections"), sequence=10)
        if "contractor" in roles:
            orders = entry("orders", "fa-ticket", self.env._("Orders"), sequence=5)
            return [
                *([orders] if "dispatched" in roles else []),
                inspections,
                entry("defects", "fa-wrench", self.env._("Rectify"), sequence=20),
                entry("logs", "fa-pencil-square-o", self.env._("Logs"), sequence=30),
            ]
        if not roles & {"representative", "third_party"}:
            return []
        acceptances = entry("acceptances", "fa-handshake-o", self.env._("Acceptance"), sequence=20)
        concealed = entry("concealed", "fa-eye-slash", self.env._("Concealed"), sequence=30)
        # a body that only checks on the spot signs neither; owners' representatives may be invited to both
        return [
            inspections,
            *([acceptances] if roles & {"representative", "third_party_of_acceptances"} else []),
            *([concealed] if roles & {"representative", "third_party_of_concealed"} else []),
        ]

    def _prepare_outsourcing_nav(self, key, icon, label, sequence=50, url=None):
        """Return an entry of the bar.

        :param str key: the section; the entry is marked on its pages
        :param str icon: class of Font Awesome 4
        :param str label: translated, at most twelve letters or six characters
        :param int sequence: the portal's own are 5, 10, 20 and 30
        :param str url: address, that of the section unless given
        """
        return {
            "key": key,
            "url": url or f"/my/outsourcing/{key}",
            "icon": icon,
            "label": label,
            "sequence": sequence,
        }
