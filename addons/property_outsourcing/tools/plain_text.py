"""What people typed stays text in a spreadsheet: a note that begins with ``=`` may fetch from elsewhere."""

# also the full-width signs, which are read alike; a tab or a line break hides the sign after it
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def defuse(value):
    """Return ``value`` so that no spreadsheet takes it for a formula; what is no text stays as it is."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
