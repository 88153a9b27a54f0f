def format_hours(env, hours):
    """Return ``hours`` as people say it, in the language of ``env``: 3 min, 1 h 30 min, 24 h."""
    whole, minutes = divmod(round((hours or 0.0) * 60), 60)
    parts = [env._("%s h", whole)] if whole else []
    if minutes or not whole:
        parts.append(env._("%s min", minutes))
    return " ".join(parts)
