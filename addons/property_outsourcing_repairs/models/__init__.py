from . import repairs
