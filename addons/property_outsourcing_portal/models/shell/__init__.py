from . import ir_http
from . import res_partner
from . import res_users
from . import res_users_cards
from . import res_users_documents
from . import res_users_rollup
