"""A phone in bad hands: driven over real HTTP against real workers, by `bin/phone-trial`.

Everything but the command itself runs in Odoo's Python.
"""
