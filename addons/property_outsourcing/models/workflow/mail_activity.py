from odoo import fields, models


class MailActivity(models.Model):
    """What an activity is about besides its document, so that it is told once.

    The record a scheduled job could not deal with, whose success closes it; the record that proposes
    something, which proposes it once.
    """

    _inherit = "mail.activity"

    outsourcing_job_key = fields.Char(index="btree_not_null", readonly=True, copy=False)
    outsourcing_proposal_key = fields.Char("Key of the Proposal", readonly=True, copy=False)

    _outsourcing_proposal_key_uniq = models.UniqueIndex(
        "(outsourcing_proposal_key) WHERE outsourcing_proposal_key IS NOT NULL",
        "The same has just been proposed already.",
    )
