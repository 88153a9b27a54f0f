from odoo import fields

from odoo.addons.property_outsourcing.tools import format_money, labelled


class ChangeKind:
    """One kind of change that an amendment makes of a contract: a class per kind, an instance per change.

    An add-on brings its own by adding a subclass to what
    ``outsourcing.contract.amendment.line._get_change_kinds`` returns. ``line`` is the change as it was
    entered, ``contract`` (in sudo) what it changes.
    """

    label = ""  # by LazyTranslate
    required = ()  # fields of the line without which the change says nothing
    optional = ()  # further fields of the line that the form offers
    order = 100  # in which changes are worked into the plan: later kinds build on the earlier ones
    may_be_negative = False  # whether the amount may be

    def __init__(self, line):
        self.line, self.env = line, line.env
        # sudo: terms of the contract amended, for whoever may read the amendment
        self.contract = line.contract_id.sudo()

    @classmethod
    def get_label(cls, env):
        """Return how the kind is called in the language of ``env``."""
        translate = env._  # what was marked for translation where it stands
        return translate(cls.label)

    # ---- words, as both parties read and sign them ------------------------------------------------------

    def get_subject(self):
        """Return the name of what is changed, or False where the label says it."""
        return False

    def get_what(self):
        """Return what is changed in words: the label, and the name of its subject."""
        label, subject = self.get_label(self.env), self.get_subject()
        return labelled(self.env, label, subject) if subject else label

    def describe(self):
        """Return (old, new) of the change as text, with the values in force now."""
        raise NotImplementedError

    def money(self, amount):
        """Return an amount of the contract as text."""
        return format_money(self.contract, amount)

    def day(self, date):
        """Return a day as text."""
        return fields.Date.to_string(date) if date else "–"

    def from_day(self, text):
        """Return what holds from the line's day on, as text."""
        return self.env._("%(value)s from %(date)s", value=text, date=self.day(self.line.date))

    # ---- checks -----------------------------------------------------------------------------------------

    def get_problem(self):
        """Return the sentence that keeps the change from being handed in, or None."""
        return None

    def get_subject_keys(self):
        """Return what the change concerns, as comparable keys: two open changes of one thing collide."""
        return []

    # ---- effects ----------------------------------------------------------------------------------------

    def plan(self, plan):
        """Work the change into the rows and dates of ``plan``; what cannot be goes to ``plan.problems``."""

    def prepare_contract_vals(self):
        """Return what changes on the contract itself besides its rows and dates."""
        return {}

    def apply(self):
        """Write what else changes (in sudo, through each model's gate); the contract is written already."""

    def follow(self):
        """Let what is planned on site follow (in sudo); everything is written already."""

    def change_fees(self, fees):
        """Return ``fees``, values of the fee rows of a renewal, as this change leaves them."""
        return fees


class UnknownChange(ChangeKind):
    """A change whose add-on is no longer installed: it is read, and never carried out."""

    def get_what(self):
        return self.line.kind or ""

    def describe(self):
        return "–", "–"

    def get_problem(self):
        return self.env._("%s: the add-on that knows this change is not installed.", self.get_what())

    def plan(self, plan):
        plan.problems.append(self.get_problem())
