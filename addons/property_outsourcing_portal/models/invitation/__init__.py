"""How people get their login: invited, approved, by code, and a new password. Knows the shell by name."""

from . import res_company
from . import res_config_settings
from . import outsourcing_invitation
from . import outsourcing_invitation_attempt
from . import invitation_redeem
from . import invitation_approval
from . import outsourcing_password_reset
from . import res_users_reset
from . import res_partner
from . import outsourcing_community
