"""The home page: sections, cards, counts, search, what waits today, who somebody is. Uses the documents."""

from . import ir_http
from . import purchase_order
from . import res_partner
from . import res_users
from . import res_users_cards
from . import res_users_today
from . import res_users_documents
from . import res_users_known
from . import res_users_login
from . import res_users_rollup
from . import res_users_search
from . import res_users_sections
from . import res_users_services
from . import res_users_settlement
