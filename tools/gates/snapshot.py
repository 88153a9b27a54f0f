"""What a database is made of, to be compared before an installation and after the uninstallation."""

import re

QUERIES = {
    "table": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    "column": "SELECT table_name || '.' || column_name FROM information_schema.columns "
    "WHERE table_schema = 'public'",
    "constraint": "SELECT conrelid::regclass || ' ' || conname FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "index": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal",
    "function": "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "database sequence": "SELECT sequence_name FROM information_schema.sequences "
    "WHERE sequence_schema = 'public'",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model || '.' || name FROM ir_model_fields",
    "selection value": "SELECT f.model || '.' || f.name || ' ' || s.value FROM ir_model_fields_selection s "
    "JOIN ir_model_fields f ON f.id = s.field_id",
    "external id": "SELECT module || '.' || name FROM ir_model_data",
    "view": "SELECT coalesce(key, '') || ' ' || coalesce(model, '') || ' ' || name FROM ir_ui_view",
    "menu": "SELECT name->>'en_US' || ' ' || coalesce(action, '') FROM ir_ui_menu",
    "action": "SELECT type || ' ' || (name->>'en_US') FROM ir_actions",
    "scheduled action": "SELECT cron_name FROM ir_cron",
    "record rule": "SELECT name FROM ir_rule",
    "group": "SELECT name->>'en_US' FROM res_groups",
    "access right": "SELECT name FROM ir_model_access",
    "sequence": "SELECT name || ' ' || coalesce(code, '') FROM ir_sequence",
    "system parameter": "SELECT key FROM ir_config_parameter",
    "mail template": "SELECT name->>'en_US' FROM mail_template",
    "activity type": "SELECT name->>'en_US' FROM mail_activity_type",
    "message subtype": "SELECT name->>'en_US' FROM mail_message_subtype",
    "default": "SELECT f.model || '.' || f.name FROM ir_default d "
    "JOIN ir_model_fields f ON f.id = d.field_id",
    "asset": "SELECT name FROM ir_asset",
    "user": "SELECT login FROM res_users",
    "partner": "SELECT coalesce(name, '') FROM res_partner",
    "product": "SELECT name->>'en_US' FROM product_template",
    "account": "SELECT name->>'en_US' FROM account_account",
    "analytic plan": "SELECT name->>'en_US' FROM account_analytic_plan",
    "journal": "SELECT name->>'en_US' FROM account_journal",
    "attachment of": "SELECT coalesce(res_model, '') || ' ' || name FROM ir_attachment WHERE url IS NULL",
}
# Bookkeeping of the framework that an installation leaves by nature.
NATURAL = {
    "external id": re.compile(r"base\.module_"),
    "attachment of": re.compile(r"ir\.module\.module |ir\.ui\.menu "),
}
# What the core add-ons themselves keep of models that inherited theirs.
CORE_KEEPS = re.compile(r"(?!\w*outsourcing)\w+\.(model_inherit|selection)__")


def take(server, database):
    """Everything in the database that an add-on could leave behind, by kind."""
    found = {}
    for kind, query in QUERIES.items():
        rows = [row[0] for row in server.sql(query, database)]
        natural = NATURAL.get(kind)
        found[kind] = {row for row in rows if not (natural and natural.match(row))}
    return found


def differences(before, after):
    """Texts of what is left over, and of what was taken away that was there before."""
    found = []
    for kind, names in before.items():
        more = {name for name in after[kind] - names if kind != "external id" or not CORE_KEEPS.match(name)}
        found += [f"left over: {kind} {name}" for name in sorted(more)]
        found += [f"taken away: {kind} {name}" for name in sorted(names - after[kind])]
    return found
