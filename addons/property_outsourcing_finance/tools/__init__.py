from odoo.addons.property_outsourcing.tools import amount_to_chinese
from .fapiao_number import FAPIAO_FORMAT, normalize_fapiao_number
from .fapiao_qr import FapiaoQr, parse_fapiao_qr
