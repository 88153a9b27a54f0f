from contextlib import contextmanager

from odoo.exceptions import UserError


class RefusalCase:
    """A refusal is asserted by its sentence: by the class alone, another rule passes for the one meant."""

    @contextmanager
    def assertRefused(self, sentence, error=UserError, msg=None):
        """Assert that the block is refused with a text that holds ``sentence``.

        :param sentence: words of the English source that only this refusal has
        :param error: a class, where it matters which; access and validation errors are user errors as well
        :param msg: what a failure says in addition, which one of a loop for example
        """
        with self.assertRaises(error, msg=msg) as caught:
            yield caught
        self.assertIn(sentence, str(caught.exception), msg)
