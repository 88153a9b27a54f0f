from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

PRINTED = "outsourcing.printed.mixin"


def migrate(cr, version):
    """Copy what papers signed earlier print of others, in all add-ons: from now on it stays."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for name in sorted(env.registry.descendants([PRINTED], "_inherit", "_inherits")):
        papers = env[name]
        if papers._abstract:
            continue
        domain = [("signed_data", "=", False)]
        if hasattr(papers, "_unsigned_states"):
            domain.append((papers._state_field, "not in", list(papers._unsigned_states)))
        for ids in split_every(200, papers.search(domain).ids):
            papers.browse(ids)._keep_signed()
            env.cr.flush()
    signed = env["outsourcing.contract"].search(
        [
            ("state", "not in", ("draft", "to_approve", "cancelled")),
            ("signed_print", "=", False),
            "|",
            ("date_contractor_signed", "!=", False),
            ("date_signed", "!=", False),
        ]
    )
    # what amendments have changed already can no longer be told
    signed.filtered(lambda contract: not contract._get_amendments_in_force())._keep_print()
