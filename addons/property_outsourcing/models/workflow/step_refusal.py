"""The refusal of a step to somebody whose role it is not: it names who may."""

from odoo.exceptions import AccessError

from ...tools import join_names

# set while it is only asked whether somebody may act: nobody reads the sentence then
ASKING = "outsourcing_asking"


def refuse_step(env, *groups, person=None):
    """Return the AccessError for a step that is for the people of ``groups``.

    :param str groups: external ids of the groups that may take it
    :param str person: name of the nearest person who may, where the reader may know it
    """
    return AccessError(_tell_refusal(env, groups, person))


def _tell_refusal(env, groups, person):
    if env.context.get(ASKING):
        return ""
    names = [env.ref(xmlid).sudo().name for xmlid in groups]  # what the roles are called, whoever reads it
    roles = join_names(env, names)
    if person:
        return env._(
            "You are not the person who may take this step; ask %(person)s (%(roles)s).",
            person=person,
            roles=roles,
        )
    return env._("You are not the person who may take this step. It is for: %s.", roles)
