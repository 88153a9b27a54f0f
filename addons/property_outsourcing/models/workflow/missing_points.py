from odoo.exceptions import UserError


class MissingPoint(str):
    """A sentence that names what is missing and knows where it is mended.

    A string in every other respect: lists of sentences (blockers, warnings) may hold it.
    """

    record = None
    page = None
    field = None
    action = None

    def __new__(cls, text, record=None, page=None, field=None, action=None):
        """Return the sentence ``text``.

        :param record: the record on whose form it is mended
        :param str page: name of the notebook page of that form
        :param str field: name of the field there
        :param dict action: the action that leads there, a new document for example; instead of a record
        """
        point = super().__new__(cls, text)
        point.record, point.page, point.field, point.action = record, page, field, action
        return point

    @classmethod
    def describe(cls, sentence):
        """Return what the web client shows for ``sentence``, a string or a missing point."""
        point = sentence if isinstance(sentence, cls) else cls(sentence)
        return {
            "text": str(point),
            "model": point.record._name if point.record else False,
            "id": point.record.id if point.record else False,
            "page": point.page or False,
            "field": point.field or False,
            "action": point.action or False,
        }


class MissingPoints(UserError):
    """A step refused because something is missing: all of it at once, each point with its link."""

    def __init__(self, message, points):
        super().__init__(message)
        self.context = {"outsourcing_missing": [MissingPoint.describe(point) for point in points]}
