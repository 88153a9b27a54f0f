"""A diagram of states as SVG: columns by the shortest way from the first state, ways back below."""

from html import escape

WIDTH, HEIGHT, GAP_X, GAP_Y = 118, 30, 70, 26
STYLE = (
    "<style>rect{fill:#eef3f8;stroke:#5b7c99}text{font:12px sans-serif;text-anchor:middle;fill:#223}"
    "path{fill:none;stroke:#5b7c99}.back{stroke-dasharray:4 3;stroke:#a0764a}</style>"
    '<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#5b7c99"/></marker></defs>'
)


def draw(steps):
    """Return the SVG of ``steps``, a dict state -> states it may come from."""
    edges = [(source, target) for target, sources in steps.items() for source in sources]
    columns = _columns(edges)
    places = {
        state: (20 + x * (WIDTH + GAP_X), 20 + y * (HEIGHT + GAP_Y))
        for x, states in enumerate(columns)
        for y, state in enumerate(states)
    }
    ways = [_way(places[source], places[target]) for source, target in edges]
    boxes = [
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5"/>'
        f'<text x="{x + WIDTH / 2}" y="{y + 20}">{escape(state)}</text>'
        for state, (x, y) in places.items()
    ]
    width = 40 + len(columns) * (WIDTH + GAP_X) - GAP_X
    height = 90 + max(len(states) for states in columns) * (HEIGHT + GAP_Y)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" style="max-width:{width}px">'
        f"{STYLE}{''.join(ways)}{''.join(boxes)}</svg>"
    )


def _columns(edges):
    """States by their distance from those nothing leads to; else from the one that leads to most."""
    sources = list(dict.fromkeys(source for source, _target in edges))
    targets = {target for _source, target in edges}
    column = [source for source in sources if source not in targets] or [
        next((source for source in sources if source in ("draft", "due", "proposed")), sources[0])
    ]
    columns, seen = [], set()
    while column:
        columns.append(column)
        seen.update(column)
        column = list(
            dict.fromkeys(target for source, target in edges if source in column and target not in seen)
        )
    return columns


def _way(source, target):
    (x1, y1), (x2, y2) = source, target
    middle = HEIGHT / 2
    if x2 > x1:
        start, end = (x1 + WIDTH, y1 + middle), (x2, y2 + middle)
        bend = f"C{start[0] + 40} {start[1]} {end[0] - 40} {end[1]} {end[0]} {end[1]}"
        return f'<path d="M{start[0]} {start[1]}{bend}" marker-end="url(#a)"/>'
    if x2 == x1:
        start, end, far = (x1 + WIDTH, y1 + middle), (x2 + WIDTH, y2 + middle), x1 + WIDTH + 28
        bend = f"C{far} {start[1]} {far} {end[1]} {end[0]} {end[1]}"
        return f'<path d="M{start[0]} {start[1]}{bend}" marker-end="url(#a)"/>'
    start, end = (x1 + WIDTH / 2, y1 + HEIGHT), (x2 + WIDTH / 2, y2 + HEIGHT)
    low = max(start[1], end[1]) + 30
    return (
        f'<path class="back" d="M{start[0]} {start[1]}C{start[0]} {low} {end[0]} {low} {end[0]} {end[1]}" '
        'marker-end="url(#a)"/>'
    )
