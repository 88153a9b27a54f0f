"""Charts as SVG: the same on a form, in the portal and on paper. The figures stand beside them as text."""

from math import cos, pi, sin

from markupsafe import Markup

FONT = "font-family='Noto Sans CJK SC, sans-serif'"
COLORS = ("#1f5fa8", "#c2620a", "#2f7d4f", "#8a3f8f")
GREY, GRID = "#667085", "#d0d5dd"
STEPS = (25, 50, 75, 100)


def draw_radar(title, axes, series, size=260):
    """Return a radar of points from 0 to 100; the axes are numbered from 1 on, see :func:`tabulate`.

    :param str title: what it says to whoever does not see it
    :param int axes: how many, three at least; fewer make no radar: empty
    :param series: list of lists of points, None where not rated; the first is the one that matters
    """
    if axes < 3:
        return Markup()
    center, radius = size / 2, size / 2 - 24

    def place(axis, points, more=0):
        angle = 2 * pi * axis / axes - pi / 2
        far = radius * points / 100 + more
        return center + far * cos(angle), center + far * sin(angle)

    def polygon(points):
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

    parts = [
        Markup("<polygon points='%s' fill='none' stroke='%s'/>")
        % (polygon(place(axis, step) for axis in range(axes)), GRID)
        for step in STEPS
    ]
    for axis in range(axes):
        x, y = place(axis, 100)
        parts.append(
            Markup("<line x1='%s' y1='%s' x2='%.1f' y2='%.1f' stroke='%s'/>") % (center, center, x, y, GRID)
        )
        x, y = place(axis, 100, 13)
        parts.append(_write(x, y + 5, axis + 1))
    for color, points in reversed(list(zip(COLORS, series, strict=False))):
        dots = [place(axis, value) for axis, value in enumerate(points) if value is not None]
        parts.append(
            Markup("<polygon points='%s' fill='%s' fill-opacity='0.12' stroke='%s' stroke-width='2'/>")
            % (polygon(dots), color, color)
        )
        parts += [Markup("<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>") % (x, y, color) for x, y in dots]
    return _frame(title, size, size, parts)


def draw_trend(title, labels, series, width=420, height=216):
    """Return lines of scores from 0 to 100 by quarter.

    :param labels: of the quarters, the earliest first
    :param series: list of lists of scores, None where there is none
    """
    left, right, top, bottom = 60, 60, 20, 44  # labels in two rows: none touches its neighbour
    step = (width - left - right) / max(len(labels) - 1, 1)

    def place(number, score):
        return left + number * step, top + (height - top - bottom) * (100 - score) / 100

    parts = []
    for score in (0, *STEPS):
        y = place(0, score)[1]
        parts.append(
            Markup("<line x1='%s' y1='%.1f' x2='%s' y2='%.1f' stroke='%s'/>")
            % (left, y, width - right, y, GRID)
        )
        parts.append(_write(left - 6, y + 4, score, "end"))
    for number, label in enumerate(labels):
        parts.append(_write(place(number, 0)[0], height - (8 if number % 2 else 25), label))
    for color, scores in zip(COLORS, series, strict=False):
        dots = [place(number, score) for number, score in enumerate(scores) if score is not None]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
        parts.append(
            Markup("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>") % (line, color)
        )
        for (x, y), score in zip(dots, (score for score in scores if score is not None), strict=True):
            parts.append(Markup("<circle cx='%.1f' cy='%.1f' r='4' fill='%s'/>") % (x, y, color))
            parts.append(_write(x, y - 8 if y > top + 12 else y + 18, f"{score:g}"))
    return _frame(title, width, height, parts)


def tabulate(head, rows, best=()):
    """Return a table as HTML.

    :param head: titles of the columns
    :param rows: lists of cells, as many as titles
    :param best: (row, column) of the cells that are the best of their row
    """
    titles = Markup().join(Markup("<th scope='col'>%s</th>") % title for title in head)
    body = Markup()
    for number, row in enumerate(rows):
        cells = Markup().join(
            Markup("<td class='%s'>%s</td>")
            % ("fw-bold text-success" if (number, column) in best else "", cell)
            for column, cell in enumerate(row)
        )
        body += Markup("<tr>%s</tr>") % cells
    return Markup(
        "<div class='table-responsive'><table class='table table-sm o_outsourcing_figures'>"
        "<thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
    ) % (titles, body)


def get_color(number):
    """Return the color of the series ``number`` of a chart, counted from 0; None where it is not drawn."""
    return COLORS[number] if number < len(COLORS) else None


def _write(x, y, text, anchor="middle"):
    form = "<text x='%.1f' y='%.1f' font-size='14' fill='%s' text-anchor='%s' " + FONT + ">%s</text>"
    return Markup(form) % (
        x, y, GREY, anchor, text,
    )  # fmt: skip


def _frame(title, width, height, parts):
    return Markup(
        "<svg xmlns='http://www.w3.org/2000/svg' role='img' aria-label='%s' viewBox='0 0 %s %s' width='%s' "
        "height='%s' style='max-width: 100%%'><title>%s</title>%s</svg>"
    ) % (title, width, height, width, height, title, Markup().join(parts))
