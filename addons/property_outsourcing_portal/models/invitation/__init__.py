from . import res_company
from . import res_config_settings
from . import outsourcing_invitation
from . import outsourcing_invitation_redeem
from . import res_partner
from . import outsourcing_community
