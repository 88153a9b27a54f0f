"""Read a record with its lines, and theirs, in one query: for pages that strangers open in crowds."""

from datetime import date, datetime

from odoo.tools import SQL, Query

FROM_TEXT = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def fetch_parts(records, paths):
    """Put parts of ``records`` (in sudo) into the cache by one query, however many models they are of.

    It changes nothing that is shown: what is in the cache already is kept, and what is not named here is read
    as ever. Nothing is kept beyond the transaction.

    :param dict paths: path of relational fields, e.g. ``lot_ids.item_ids``, after the one it begins with ->
        names of stored fields
    """
    parts = {"": _Root(records)}
    for path, names in paths.items():
        above, _dot, name = path.rpartition(".")
        parts[path] = _Part(parts[above], name, names)
    del parts[""]
    if records and parts:
        select = SQL(", ").join(SQL("(%s)", part.select()) for part in parts.values())
        [found] = records.env.execute_query(SQL("SELECT %s", select))
        for part, rows in zip(parts.values(), found, strict=True):
            part.insert(rows or [])


class _Root:
    """The records to begin with."""

    def __init__(self, records):
        self.records = self.model = records

    def get_ids(self):
        """Return their ids in SQL."""
        return SQL("%s", tuple(self.records.ids))

    def get_targets(self, field):
        """Return the ids that their relational field names, in SQL."""
        return SQL("%s", tuple(self.records[field.name].ids) or (None,))


class _Part:
    """What one relational field of the part ``above`` leads to: ``records``, once they are inserted."""

    def __init__(self, above, name, names):
        self.above, self.field = above, above.model._fields[name]
        self.model = above.model.env[self.field.comodel_name]
        self.names = [*names, *filter(None, [self.model._active_name])]
        self.query = Query(self.model.env, self.model._table)
        self.records = None
        getattr(self, f"_join_{self.field.type}")()

    # ---- which rows, under which record above, in which order -------------------------------------------

    def get_ids(self):
        """Return SQL of the ids, in brackets."""
        return self.query.subselect()

    def get_targets(self, field):
        """Return SQL of the ids that the many2one ``field`` holds, in brackets."""
        return self.query.subselect(SQL.identifier(self.model._table, field.name))

    def _join_many2one(self):
        self.owner = self.order = SQL.identifier(self.model._table, "id")
        self.query.add_where("%s IN %s", [self.owner, self.above.get_targets(self.field)])

    def _join_one2many(self):
        inverse = self.field.inverse_name
        self.owner = SQL.identifier(self.model._table, inverse)
        self.query.add_where("%s IN %s", [self.owner, self.above.get_ids()])
        terms = [term for term in self.model._order.split(",") if term.split()[0] != inverse]
        self.order = self.model._order_to_sql(",".join(terms), self.query)
        self.names.append(inverse)

    def _join_many2many(self):
        relation, own = self.field.relation, SQL.identifier(self.model._table, "id")
        condition = SQL("%s = %s", SQL.identifier(relation, self.field.column2), own)
        self.query.add_join("JOIN", relation, None, condition)
        self.owner = SQL.identifier(relation, self.field.column1)
        self.query.add_where("%s IN %s", [self.owner, self.above.get_ids()])
        self.order = self.model._order_to_sql(self.model._order, self.query)

    # ---- reading ----------------------------------------------------------------------------------------

    def select(self):
        """Return the query of all rows as one value: a list of lists owner, id, values of ``names``."""
        table = self.model._table
        columns = [self.model._field_to_sql(table, name, self.query) for name in self.names]
        row = SQL(", ").join([self.owner, SQL.identifier(table, "id"), *columns])
        return self.query.select(SQL("json_agg(json_build_array(%s) ORDER BY %s)", row, self.order))

    def insert(self, rows):
        """Put ``rows``, as of :meth:`select`, into the cache as they would be read from their columns."""
        self.records = self.model.browse(dict.fromkeys(row[1] for row in rows))
        lines = {owner: [] for owner in self.above.records.ids}
        values = {}
        for owner, line, *vals in rows:
            values[line] = vals
            if self.field.type != "many2one":
                lines[owner].append(line)
        for number, name in enumerate(self.names):
            field = self.model._fields[name]
            read = FROM_TEXT.get(field.type, _keep)
            column = [values[line][number] for line in self.records.ids]
            field._insert_cache(self.records, [value and read(value) for value in column])
        if self.field.type != "many2one":
            self.field._insert_cache(self.above.records, map(tuple, lines.values()))


def _keep(value):
    return value
