from . import res_company
from . import purchase_order
from . import purchase_order_line
from . import purchase_order_line_billing
from . import purchase_order_line_closing
from . import account_move
from . import account_move_line
