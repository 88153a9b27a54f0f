from contextlib import contextmanager

from odoo import models


class OutsourcingAttemptMixin(models.AbstractModel):
    """Something that was tried and is counted: a refusal rolls back the request, never the count."""

    _name = "outsourcing.attempt.mixin"
    _description = "Tries that are counted"

    @contextmanager
    def _apart(self):
        """Give the model in sudo under a cursor of its own, committed whatever becomes of the request.

        What the running request has just made is not seen there: rows name records by id, no foreign keys.
        """
        with self.env.registry.cursor() as cr:
            yield self.with_env(self.env(cr=cr, su=True))  # rows are written by module code alone
