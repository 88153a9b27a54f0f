from typing import NamedTuple


class NoticeChannel(NamedTuple):
    """A way by which a notice reaches a person.

    :param str label: what people call it, translated
    :param str takes: name of a method of ``outsourcing.notice``: given people (``res.partner`` in sudo), it
        returns those this channel reaches
    :param str send: name of a method of ``outsourcing.notice`` that sends one notice (in sudo) and raises
        ``UserError`` where it is certain that nothing went out; None: nothing has to be sent
    """

    label: str
    takes: str
    send: str | None = None
