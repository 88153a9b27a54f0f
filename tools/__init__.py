"""Tooling of the suite: bringing Odoo up, databases, serving, checks."""
