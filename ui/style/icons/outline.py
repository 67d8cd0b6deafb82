#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the symbolic icons of drawings.tsv as filled outlines.

Toolkits recolour the fills of a symbolic icon and leave its strokes alone, so
a line must become the area that a round pen covers. The 16 px files are drawn
with a thicker pen: the same line would be a grey hair at that size.

Needs FontForge's Python module (python3-fontforge) and is run by hand after a
change of drawings.tsv; the icons it writes are kept beside it, so that
building the program needs none of this. FontForge complains of splines that
do not match where a line meets itself; the areas are right all the same.
"""

import math
import pathlib
import re

import fontforge

HERE = pathlib.Path(__file__).resolve().parent
SIZES = {'scalable': (32, 2.5), '16x16': (16, 3.2)}  # folder: nominal size, pen in a 32-unit box
GRID = 100  # font units in one unit of a drawing: outlines are exact to a hundredth


def arc_to_cubics(start, rx, ry, turn, large, sweep, end):
    """Yields the cubics of an elliptical arc, by the formulas of SVG 1.1, F.6."""
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x1, y1 = cosine * dx + sine * dy, cosine * dy - sine * dx
    grow = max(1, math.sqrt((x1 / rx) ** 2 + (y1 / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    rest = (rx * ry) ** 2 - (rx * y1) ** 2 - (ry * x1) ** 2
    factor = math.sqrt(max(0, rest) / ((rx * y1) ** 2 + (ry * x1) ** 2))
    factor = factor if large != sweep else -factor
    cx1, cy1 = factor * rx * y1 / ry, -factor * ry * x1 / rx
    cx = cosine * cx1 - sine * cy1 + (start[0] + end[0]) / 2
    cy = sine * cx1 + cosine * cy1 + (start[1] + end[1]) / 2
    angle = math.atan2((y1 - cy1) / ry, (x1 - cx1) / rx)
    span = math.atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - angle
    if sweep and span < 0:
        span += 2 * math.pi
    if not sweep and span > 0:
        span -= 2 * math.pi

    def on_page(x, y):
        return (cx + cosine * rx * x - sine * ry * y, cy + sine * rx * x + cosine * ry * y)

    parts = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-6))
    step = span / parts
    pull = 4 / 3 * math.tan(step / 4)
    for part in range(parts):
        a, b = angle + part * step, angle + (part + 1) * step
        yield (on_page(math.cos(a) - pull * math.sin(a), math.sin(a) + pull * math.cos(a)),
               on_page(math.cos(b) + pull * math.sin(b), math.sin(b) - pull * math.cos(b)),
               end if part == parts - 1 else on_page(math.cos(b), math.sin(b)))


class Reader:
    """Reads SVG path data into subpaths of lines and cubics with absolute points."""

    def __init__(self, data):
        self.subpaths = []  # each: {'points': [(x, y) | (c1, c2, (x, y)), ...], 'closed': bool}
        self.at = self.first = (0, 0)
        self.pull = None  # the last control point, for S
        for letter, text in re.findall(r'([MLHVCSAZmlhvcsaz])([^A-Za-z]*)', data):
            numbers = self.read_numbers(text, letter in 'Aa')
            take = {'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'A': 7, 'Z': 0}[letter.upper()]
            if take == 0:
                self.close()
            for i in range(0, len(numbers), take or 1):
                self.step(letter, numbers[i:i + take])
                if letter in 'Mm':  # what follows a move is a line
                    letter = 'L' if letter == 'M' else 'l'

    @staticmethod
    def read_numbers(text, is_arc):
        number = r'[-+]?(?:\d+\.?\d*|\.\d+)'
        if not is_arc:
            return [float(n) for n in re.findall(number, text)]
        # The two flags of an arc may stand without a space behind them.
        arc = r'[ ,]*'.join([f'({number})'] * 3 + ['([01])'] * 2 + [f'({number})'] * 2)
        return [float(n) for match in re.findall(arc, text) for n in match]

    def close(self):
        self.subpaths[-1]['closed'] = True
        self.at, self.pull = self.first, None

    def step(self, letter, n):
        ox, oy = self.at if letter.islower() else (0, 0)
        kind, points, pull = letter.upper(), [], None
        if kind == 'M':
            self.at = self.first = (ox + n[0], oy + n[1])
            self.subpaths.append({'points': [self.at], 'closed': False})
            return
        if kind == 'H':
            points = [(ox + n[0], self.at[1])]
        elif kind == 'V':
            points = [(self.at[0], oy + n[0])]
        elif kind == 'L':
            points = [(ox + n[0], oy + n[1])]
        elif kind == 'A':
            end = (ox + n[5], oy + n[6])
            points = list(arc_to_cubics(self.at, n[0], n[1], n[2], n[3] == 1, n[4] == 1, end))
        else:
            if kind == 'S':
                old = self.pull or self.at
                n = [2 * self.at[0] - old[0] - ox, 2 * self.at[1] - old[1] - oy] + n
            points = [tuple((ox + n[i], oy + n[i + 1]) for i in (0, 2, 4))]
            pull = points[0][1]
        self.draw(points, pull)

    def draw(self, points, pull):
        if self.subpaths[-1]['closed']:  # drawing on after Z starts where Z ended
            self.subpaths.append({'points': [self.at], 'closed': False})
        self.subpaths[-1]['points'] += points
        self.at = points[-1] if not isinstance(points[-1][0], tuple) else points[-1][2]
        self.pull = pull


def to_contour(subpath):
    contour = fontforge.contour()
    first, *rest = subpath['points']
    contour.moveTo(first[0] * GRID, first[1] * GRID)
    for point in rest:
        if isinstance(point[0], tuple):
            contour.cubicTo(*[(x * GRID, y * GRID) for x, y in point])
        else:
            contour.lineTo(point[0] * GRID, point[1] * GRID)
    contour.closed = subpath['closed']
    return contour


def dot(centre, radius):
    """Returns a circle, for a line too short to have a direction."""
    x, y = centre
    return Reader(f'M{x} {y - radius}a{radius} {radius} 0 1 1 0 {2 * radius}'
                  f'a{radius} {radius} 0 1 1 0 {-2 * radius}Z').subpaths[0]


def pen(subpath, width):
    """Returns the contours of the area that a round pen of @width covers on @subpath."""
    first, *rest = subpath['points']
    if len(rest) == 1 and not isinstance(rest[0][0], tuple) and math.dist(first, rest[0]) < 0.1:
        return [to_contour(dot(first, width / 2))]
    layer = fontforge.layer()
    layer += to_contour(subpath)
    layer.stroke('circular', width * GRID, cap='round', join='round', accuracy=0.5)
    return list(layer)


def number(value):
    """Writes a coordinate as short as SVG allows: .5 and -.5, never 0.50."""
    text = f'{value / GRID:.2f}'.rstrip('0').rstrip('.')
    if text in ('0', '-0'):
        return '0'
    return text.replace('-0.', '-.', 1) if text.startswith('-') else text.removeprefix('0')


def write_point(point):
    x, y = number(point.x), number(point.y)
    return x + (y if y.startswith('-') else ' ' + y)


def to_data(contour):
    points = list(contour)
    start = next(i for i, point in enumerate(points) if point.on_curve)
    points = points[start:] + points[:start + 1]
    data, pulls = ['M' + write_point(points[0])], []
    for point in points[1:]:
        pulls.append(point)
        if point.on_curve:
            data.append(('L' if len(pulls) == 1 else 'C') + ' '.join(map(write_point, pulls)))
            pulls = []
    return ''.join(data) + 'Z'


def svg(fields, size, width):
    """Returns the text of one icon file."""
    scale = int(fields['box']) / 32
    read = {part: Reader(fields[part]).subpaths if fields[part] != '-' else []
            for part in ('fill', 'line', 'cut')}
    areas = [to_contour(subpath) for subpath in read['fill']]
    areas += [contour for subpath in read['cut'] for contour in pen(subpath, width * scale)]
    lines = [contour for subpath in read['line'] for contour in pen(subpath, width * scale)]
    # Holes are areas inside areas; lines may cross, and a crossing must not become a hole.
    paths = [f'<path{rule} d="{"".join(map(to_data, contours))}"/>'
             for rule, contours in ((' fill-rule="evenodd"', areas), ('', lines)) if contours]
    box = fields['box']
    return '\n'.join([
        '<!-- SPDX-License-Identifier: GPL-3.0-or-later -->',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"'
        f' viewBox="0 0 {box} {box}">',
        *paths, '</svg>', ''])


def main():
    rows = [line.split('\t') for line in (HERE / 'drawings.tsv').read_text().splitlines()
            if not line.startswith('#')]
    for folder, (size, width) in SIZES.items():
        place = HERE / folder / 'actions'
        place.mkdir(parents=True, exist_ok=True)
        for row in rows[1:]:
            fields = dict(zip(rows[0], row, strict=True))
            (place / (fields['name'] + '-symbolic.svg')).write_text(svg(fields, size, width))


if __name__ == '__main__':
    main()
