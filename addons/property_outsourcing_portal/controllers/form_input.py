"""What people type, choose and send, read with care: anything may come in."""

from datetime import datetime

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.property_outsourcing.models.workflow.trade_time import utc_moment
from odoo.addons.property_outsourcing.tools import parse_number

from .signature import find_signature_problem

FILES_MAX = 20
YEARS = (1900, 2999)


class OutsourcingFormInput:
    """Turns the fields of a form into values, or says in one sentence why not."""

    def _to_int(self, value):
        """Return a positive id, or False for anything else."""
        value = str(value or "").strip()
        return int(value) if value.isdecimal() and len(value) < 10 else False

    def _to_text(self, value, limit=4000):
        return str(value or "").replace("\x00", "").strip()[:limit]

    def _to_number(self, value, message=None, least=None, below=1e12):
        """Return the number that was typed, within the limits; empty is 0.

        :param str message: what to say of anything else, with %s for what was typed
        """
        try:
            number = parse_number(value)
        except ValueError:
            number = None
        if number is None or abs(number) >= below or (least is not None and number < least):
            raise UserError((message or request.env._("%s is not a number.")) % (value,))
        return number

    def _to_count(self, value, message):
        """Return the whole number of people or things that was typed, 0 for nothing.

        :param str message: what to say of anything else, with %s for what was typed
        """
        number = self._to_number(value, message, least=0, below=1e6)
        if number != int(number):
            raise UserError(message % (value,))
        return int(number)

    def _to_date(self, value):
        try:
            day = fields.Date.to_date(str(value or "")[:10]) or False
        except ValueError:
            day = None
        return self._check_day(day, value)

    def _to_local_datetime(self, value):
        """Return what a ``datetime-local`` input holds, in UTC."""
        if not value:
            return False
        try:
            local = datetime.fromisoformat(str(value)[:16])
        except ValueError:
            local = None
        self._check_day(local, value)
        return utc_moment(request.env.company, local.date(), local.time())

    def _check_day(self, day, typed):
        """Return ``day``; raise UserError if it is None, or so far away that no clock can be set by it."""
        if day is None or (day and not YEARS[0] <= day.year <= YEARS[1]):
            raise UserError(request.env._("%s is not a date.", typed))
        return day

    def _get_person(self, value, firm=None):
        """Return the person of the firm chosen as performer; the user when nobody was chosen."""
        if bound := request.env.user._get_bound_performer():
            return bound.with_env(request.env)  # known by the PIN, whatever the form says
        people = request.env.user._get_outsourcing_people(firm)
        person = people.filtered(lambda person: person.id == self._to_int(value))
        if value and not person:
            raise UserError(request.env._("Choose a person of your own firm."))
        return (person or request.env.user.partner_id).with_env(request.env)

    def _to_signature(self, value):
        """Return the picture of a signature in base64, None if there is none.

        :raise UserError: it is no more than a dot, or a stroke left the field
        """
        text = str(value or "")
        if problem := find_signature_problem(request.env, text):
            raise UserError(problem)
        return text or None

    def _get_files(self, name="files"):
        """Return the files sent along as (name, bytes); an empty file input sends a nameless one."""
        files = [file for file in request.httprequest.files.getlist(name) if file.filename]
        if len(files) > FILES_MAX:
            raise UserError(request.env._("Send at most %s files at once.", FILES_MAX))
        return [(file.filename, file.read()) for file in files]
