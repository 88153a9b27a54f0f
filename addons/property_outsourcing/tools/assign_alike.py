from collections import defaultdict


def assign_alike(records, name, values):
    """Set the computed money ``name`` of many records: at once where it is the same, zero most of all.

    Each assignment of money asks for its currency, which is dear for hundreds of documents one by one.

    :param records: records with a ``currency_id``
    :param dict values: record -> amount, for each of ``records``
    """
    alike = defaultdict(list)
    for record in records:
        alike[values[record], record.currency_id].append(record.id)
    for (value, _currency), ids in alike.items():
        records.browse(ids)[name] = value
