# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the pins stand on the map, found with the eye: what is drawn in code is in no accessible tree."""

import pathlib
import re
import subprocess
import typing

TOKENS = pathlib.Path(__file__).resolve().parents[2] / 'ui/style/tokens.css'
STATES = ('new', 'work', 'late', 'done', 'shut')
SMALLEST, LARGEST = 28, 64  # pixels, of a pin without its ring
FILLED = 0.45  # of its box at least: a triangle; the ring of a cluster fills less


class Mark(typing.NamedTuple):
    """A pin: its state, its middle, and how far it is from there to its edges."""
    state: str
    x: float
    y: float
    right: float
    down: float

    def distance(self, other):
        return ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5


def read_colors():
    css = TOKENS.read_text(encoding='utf-8')
    return {state: bytes.fromhex(re.search(rf'komek_{state} #(\w{{6}})', css)[1]) for state in STATES}


def look(display, environment):
    """What stands on a display, as rows of red, green and blue."""
    return subprocess.run(['import', '-window', 'root', '-depth', '8', 'rgb:-'], check=True, capture_output=True,
                          env=dict(environment, DISPLAY=display)).stdout


def find_points(picture, width, color):
    """All points of exactly that colour."""
    found = (match.start() for match in re.finditer(re.escape(color), picture))
    return {(start // 3 % width, start // 3 // width) for start in found if start % 3 == 0}


def take_patch(points):
    """One patch of points that touch each other, taken out of them."""
    edge = [points.pop()]
    patch = []
    while edge:
        x, y = edge.pop()
        patch.append((x, y))
        for near in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            if near in points:
                points.remove(near)
                edge.append(near)
    return patch


def read_mark(state, patch):
    """The pin that a patch is, or None."""
    xs, ys = [x for x, _ in patch], [y for _, y in patch]
    left, top, right, bottom = min(xs), min(ys), max(xs) + 1, max(ys) + 1
    width, height = right - left, bottom - top
    if min(width, height) < SMALLEST or max(width, height) > LARGEST or len(patch) < FILLED * width * height:
        return None
    return Mark(state, (left + right) / 2, (top + bottom) / 2, width / 2, height / 2)


def find_marks(picture, width, inside):
    """The pins whose middle is in a rectangle (x, y, width, height)."""
    marks = []
    x, y, wide, high = inside
    for state, color in read_colors().items():
        points = find_points(picture, width, color)
        while points:
            mark = read_mark(state, take_patch(points))
            if mark and x <= mark.x < x + wide and y <= mark.y < y + high:
                marks.append(mark)
    return marks


def is_bare(picture, width, x, y, reach):
    """Whether nothing of a pin or a cluster is drawn that near to a point."""
    colors = list(read_colors().values())
    for row in range(int(y - reach), int(y + reach)):
        start = 3 * (row * width + int(x - reach))
        if any(color in picture[start:start + 6 * reach] for color in colors):
            return False
    return True
