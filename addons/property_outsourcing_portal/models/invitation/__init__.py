"""How people get, keep and give back their login: invited, approved, by code, new password. Uses the base."""

from . import res_company
from . import res_config_settings
from . import outsourcing_invitation
from . import outsourcing_invitation_attempt
from . import invitation_redeem
from . import res_partner_keeper
from . import res_users_account
from . import invitation_approval
from . import outsourcing_password_reset
from . import res_users_reset
from . import res_partner
from . import outsourcing_community
