from . import amendment
