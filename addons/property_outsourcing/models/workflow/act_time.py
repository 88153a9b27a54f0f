"""When a step took place that reached us later: told by a phone that had no signal, judged here.

Clocks of deadlines and penalties ask :func:`act_time` instead of the present; who told the time of the act
reads on the :class:`Act` whether it counted, and says so.
"""

from datetime import timedelta

from odoo import fields

from .trade_time import trade_day

ACT_KEY = "outsourcing_act"


class Act:
    """The time a phone tells for what it hands in, known in a context by its class, which no client can send.

    ``doubt`` is empty as long as the time is plausible, else ``future``, ``old`` or ``before`` (a step that
    was there already); ``counts`` tells whether a clock has taken it.
    """

    def __init__(self, moment, received, hours):
        """
        :param datetime moment: of the act, naive UTC
        :param datetime received: of the receipt, naive UTC
        :param float hours: how long before the receipt an act may lie at most
        """
        self.moment = moment
        self.counts = False
        self.doubt = ""
        if moment > received:
            self.doubt = "future"
        elif received - moment > timedelta(hours=hours):
            self.doubt = "old"


def act_time(records, *earlier):
    """Return when the step of ``records`` took place that is being recorded (naive, UTC).

    That is now, unless a phone has told an earlier moment that is plausible: neither in the future nor older
    than the company allows, and not before what was recorded ahead of it.

    :param earlier: moments (naive, UTC, or empty) that cannot lie after the step
    """
    act = records.env.context.get(ACT_KEY)
    if type(act) is not Act or act.doubt:
        return fields.Datetime.now()
    if any(moment and moment > act.moment for moment in earlier):
        act.doubt = "" if act.counts else "before"
        return fields.Datetime.now()
    act.counts = True
    return act.moment


def act_day(records, *earlier):
    """Return the day of :func:`act_time` for the company."""
    return trade_day(records, act_time(records, *earlier))
