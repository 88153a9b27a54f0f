from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


def remove_evidence(env):
    """Remove evidence with its files: otherwise the files would belong to others if the add-on comes back."""
    env.cr.execute("UPDATE outsourcing_evidence SET duplicate_of_id = NULL WHERE duplicate_of_id IS NOT NULL")
    env["outsourcing.evidence"].with_context(**{MODULE_UNINSTALL_FLAG: True}).search([]).unlink()
