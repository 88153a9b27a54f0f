from odoo.tools import SQL

# of each table with numbers: its column, and the rows whose numbers may stand there twice
TABLES = (
    ("account_move", "outsourcing_fapiao_number", "cancel"),
    ("outsourcing_fapiao", "number", "rejected"),
)


def migrate(cr, version):
    """Spell older fapiao as they are spelled today: their bills could neither be reset nor posted again.

    What stands there in both spellings stays, for people to say which of the two is right.
    """
    for table, column, free in TABLES:
        cr.execute(
            SQL(
                """
                UPDATE %(table)s older
                   SET %(column)s = substr(older.%(column)s, 1, 12) || '-' || substr(older.%(column)s, 13)
                 WHERE older.%(column)s ~ '^[01][0-9]{19}$'
                   AND (older.state = %(free)s OR NOT EXISTS (
                       SELECT FROM %(table)s newer
                        WHERE newer.company_id = older.company_id
                          AND newer.state != %(free)s
                          AND newer.%(column)s
                              = substr(older.%(column)s, 1, 12) || '-' || substr(older.%(column)s, 13)))
                """,
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                free=free,
            )
        )
