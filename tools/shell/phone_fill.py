# ruff: noqa: F821
"""Fed to `odoo shell`: documents for the phone to fill in, made by the factories of the tests."""

from odoo import fields

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.property_outsourcing_portal.tests.change_common import PortalChangeCommon

# the factories alone: no journals, no cursor of a test
AccountTestInvoicingCommon.setUpClass = classmethod(lambda cls: None)


class Site(PortalChangeCommon):
    env = env
    company = env.company


env.company.outsourcing_act_hours = 72
Site.setUpClass()
contractor = Site.portal_contractor
ids = {job: [] for job in ("log", "checklist", "order", "signature", "variation", "begin")}
for number in range(COUNT):
    day = fields.Date.subtract(Site.today, days=number % 300)
    logs = env["outsourcing.site.log"].with_user(contractor)
    vals = {"headcount": 2, "date": day}
    ids["log"].append(logs._portal_create(Site.contract.with_user(contractor), vals).id)
    ids["checklist"].append(Site._start_inspection().id)
    ids["order"].append(Site._create_order().id)
    variations = env["outsourcing.variation"].with_user(contractor)
    vals = {"title": f"Tiles {number}", "kind": "site", "date": Site.today, "community_id": Site.community.id}
    ids["variation"].append(variations._portal_create(Site.works.with_user(contractor), vals).id)
    ids["begin"].append(number)
while len(ids["signature"]) < COUNT:
    works = Site._create_works_contract(title=f"Facade {len(ids['signature'])}")
    for row in works.milestone_ids.sorted("sequence"):
        acceptance = env["outsourcing.acceptance"].with_user(contractor)
        ids["signature"].append(acceptance._portal_request(row.with_user(contractor)).id)
env["ir.config_parameter"].set_param("phone_trial.ids", repr(ids))
env["ir.config_parameter"].set_param("phone_trial.place", f"{works.id}-{Site.community.id}")
env.flush_all()
env.cr.commit()
print(ids)
