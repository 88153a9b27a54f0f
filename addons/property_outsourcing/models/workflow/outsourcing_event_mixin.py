from collections import Counter
from operator import itemgetter

from odoo import api, models
from odoo.tools import groupby

from .trade_time import trade_today


class OutsourcingEventMixin(models.AbstractModel):
    """Documents on which something happens that a person has to deal with.

    Every event has a ``mail.activity.type`` of its own, whose external id is the name of the event:
    reminders, alerts and the code that closes the activity find it by that, never by a translated text.
    """

    _name = "outsourcing.event.mixin"
    _description = "Events that Ask a Person to Act"

    # ---- who --------------------------------------------------------------------------------------------

    def _get_responsible_candidates(self):
        """Return who looks after this document as it names them, nearest first. Hook: call super.

        People who have left may be among them.

        :return: ``res.users``
        """
        self.ensure_one()
        return self.env["res.users"]

    def _get_event_company(self):
        """Return the company whose people, days and language count. Hook."""
        self.ensure_one()
        return self.company_id or self.env.company

    def _get_event_document(self):
        """Return the document whose activities ask for what happens to this record. Hook.

        It has a chatter: a model without one names the document that its records belong to.
        """
        self.ensure_one()
        return self

    def _is_of_outsourcing(self):
        """Return whether this record of a model of core is ours. Hook of such models."""
        self.ensure_one()
        return True

    def _get_barred_users(self, event):
        """Return who may not be asked for ``event``, because the duties are separate. Hook: extend super's.

        :param event: ``mail.activity.type``
        """
        self.ensure_one()
        return self.env["res.users"]

    @api.model
    def _get_duty_fields(self):
        """Return by which fields a person is to deal with open documents of this model. Hook.

        :return: dict: name of a field of ``res.users`` -> domain of the documents that are still open
        """
        return {}

    def _get_responsible_users(self, excluded=None, group=None):
        """Return who may be asked about this document, nearest first; all of them still there.

        From the document up the tree of areas, then the company's deputy and its managers; never the
        administrator unless he is named.

        :param excluded: ``res.users`` who are not asked, because they have acted already
        :param str group: external id of a group they have to belong to, ``group_outsourcing_manager`` ...
        """
        self.ensure_one()
        users = self._map_askable_users(group)[self]
        return users - excluded if excluded else users

    def _map_askable_users(self, group=None):
        """Return a dict: all who may be asked about each document, as :meth:`_get_responsible_users` says."""
        found, deputies = {}, {}
        for record, document in zip(self, self.sudo(), strict=True):  # names of people only
            company = document._get_event_company()
            near = company._filter_outsourcing_staff(document._get_responsible_candidates(), group)
            if company not in deputies:
                deputies[company] = company._get_outsourcing_deputies(group)
            found[record] = (near | deputies[company]).with_env(self.env)
        return found

    def _get_responsible_user(self, excluded=None, group=None):
        """Return the person who looks after this document, as :meth:`_get_responsible_users` finds them.

        Nobody looks after no document: a new form asks before its document has been chosen.
        """
        found = self._map_responsible_users(excluded, group)
        return found[self] if self else self.env["res.users"]

    def _map_responsible_users(self, excluded=None, group=None):
        """Return a dict: the person who looks after each document of ``self``; empty where there is none."""
        found, deputies = {}, {}
        excluded = excluded or self.env["res.users"]
        for document in self.sudo():  # names of people only
            company = document._get_event_company()
            near = company._filter_outsourcing_staff(document._get_responsible_candidates(), group)
            near -= excluded
            if not near and company not in deputies:
                deputies[company] = company._get_outsourcing_deputies(group) - excluded
            found[document.id] = (near or deputies[company])[:1].with_env(self.env)
        return {document: found[document.id] for document in self}

    # ---- what -------------------------------------------------------------------------------------------

    def _schedule_event(self, event, summary, **vals):
        """Ask somebody to deal with ``event`` on each record; see :meth:`_schedule_events`."""
        asked = {"summary": summary, **vals}
        return self._schedule_events(event, dict.fromkeys(self, asked))

    def _schedule_events(self, event, asked):
        """Ask somebody to deal with ``event``, once per document and person; no query per record.

        Whoever is asked already finds the present wording and deadline in the same activity.

        :param str event: external id of the ``mail.activity.type``
        :param dict asked: record -> dict of ``summary`` and optionally ``note``, ``date_deadline`` (today by
            default) and ``users``, who are asked; without them, and instead of people who have left, it is
            the responsible user. Nobody left: the activity stands on the document for whoever opens it.
        :return: the new activities
        """
        if not asked:
            return self.env["mail.activity"]
        records = self.browse().union(*asked)
        wanted = {}
        for record, users in records._map_asked_users(asked).items():
            document = record._get_event_document()
            for user in users or [users]:
                wanted[document._name, document.id, user.id] = (record, asked[record])
        kind = self.env.ref(event)
        known = self._search_events(kind, wanted)
        for key, activity in known.items():
            if key in wanted:
                self._refresh_event(activity, wanted[key][1])
        new = self._create_events(
            [
                {
                    **record._prepare_event_vals(vals),
                    "activity_type_id": kind.id,
                    "res_model_id": self.env["ir.model"]._get_id(model),
                    "res_id": res_id,
                    "user_id": user_id,
                }
                for (model, res_id, user_id), (record, vals) in wanted.items()
                if (model, res_id, user_id) not in known
            ]
        )
        return new.with_env(self.env)

    @api.model
    def _create_events(self, vals_list):
        """Create the activities; a person asked about many documents at once gets no letter about each."""
        Activity = self.env["mail.activity"].sudo()  # asking a person grants nothing
        for model_id, rows in groupby(vals_list, itemgetter("res_model_id")):
            model = Activity.env["ir.model"].browse(model_id).model
            documents = Activity.env[model].browse(row["res_id"] for row in rows)
            documents.mapped("display_name")  # all at once: each activity will ask for its own
        counts = Counter(vals["user_id"] for vals in vals_list)
        one = [vals for vals in vals_list if counts[vals["user_id"]] == 1]
        many = [vals for vals in vals_list if counts[vals["user_id"]] > 1]
        quiet = Activity.with_context(mail_activity_quick_update=True)
        return Activity.create(one) | quiet.create(many).with_env(Activity.env)

    def _map_asked_users(self, asked):
        """Return a dict: record -> the people asked who are still there, else the responsible one."""
        people = {}
        for record in self:
            users = asked[record].get("users") or self.env["res.users"]
            # sudo: who is still there, no more
            people[record] = record._get_event_company()._filter_outsourcing_staff(users.sudo())
        left = self.filtered(lambda record: not people[record])
        return people | left._map_responsible_users()

    def _prepare_event_vals(self, vals):
        return {
            "summary": vals["summary"],
            "note": vals.get("note") or False,
            "date_deadline": vals.get("date_deadline") or trade_today(self),
            "automated": True,
        }

    @api.model
    def _refresh_event(self, activity, vals):
        """Bring wording and deadline of what is asked already up to date."""
        changed = {
            name: vals[name]
            for name in ("summary", "date_deadline")
            if vals.get(name) and activity[name] != vals[name]
        }
        if changed:
            activity.write({**changed, "note": vals.get("note") or False})

    @api.model
    def _search_events(self, kind, keys):
        """Return the open activities of type ``kind``: dict (model, id, user id) -> activity."""
        models_ = {model for model, _id, _user in keys}
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search(  # what is asked already
                [
                    ("activity_type_id", "=", kind.id),
                    ("res_model", "in", list(models_)),
                    ("res_id", "in", list({res_id for _model, res_id, _user in keys})),
                ]
            )
        )
        return {(row.res_model, row.res_id, row.user_id.id): row for row in activities}
