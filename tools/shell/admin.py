# ruff: noqa: F821
"""Fed to `odoo shell`: the administrator's password from the file that ADMIN_PASSWORD_FILE names."""

import os
from pathlib import Path

env.ref("base.user_admin").password = Path(os.environ["ADMIN_PASSWORD_FILE"]).read_text().strip()
env.cr.commit()
