# SPDX-License-Identifier: GPL-3.0-or-later
"""Map packs for journeys: one with a street of its own, and what is left of one."""

import math
import pathlib
import sqlite3

ZOOM = 14
ATTRIBUTION = '© The makers of the pack'
# Along 51.1005 N, in the south of Astana; no plan has it.
STREET = {'kk': 'Құмырсқа көшесі', 'ru': 'улица Муравьиная', 'en': 'Ant Street'}
LATITUDE, WEST, EAST = 51.1005, 71.4210, 71.4330


def varint(value):
    written = bytearray()
    while value > 0x7f:
        written.append(value & 0x7f | 0x80)
        value >>= 7
    return bytes(written + bytes([value]))


def field(number, body):
    return varint(number << 3 | 2) + varint(len(body)) + body


def zigzag(value):
    return varint(value * 2 if value >= 0 else -value * 2 - 1)


def locate(latitude, longitude):
    side = 1 << ZOOM
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return (longitude + 180) / 360 * side, y * side


def make_layer(name, line, tags):
    """A vector tile's layer with one line."""
    (x, y), (x1, y1) = line
    geometry = varint(1 << 3 | 1) + zigzag(x) + zigzag(y) + varint(1 << 3 | 2) + zigzag(x1 - x) + zigzag(y1 - y)
    pairs = b''.join(varint(place) * 2 for place in range(len(tags)))
    feature = field(2, pairs) + varint(3 << 3) + varint(2) + field(4, geometry)
    keys = b''.join(field(3, key.encode()) for key in tags)
    values = b''.join(field(4, field(1, value.encode())) for value in tags.values())
    return field(3, field(1, name.encode()) + field(2, feature) + keys + values + varint(5 << 3) + varint(4096))


def make_tile(column, row):
    ends = [locate(LATITUDE, longitude) for longitude in (WEST, EAST)]
    line = [(round((x - column) * 4096), round((y - row) * 4096)) for x, y in ends]
    names = {f'name:{language}': name for language, name in STREET.items()}
    return (make_layer('transportation', line, {'class': 'minor'})
            + make_layer('transportation_name', line, {'class': 'minor', 'name': STREET['ru']} | names))


def write(path):
    """A vector pack by the schema of OpenMapTiles."""
    with sqlite3.connect(path) as database:
        database.execute('CREATE TABLE metadata (name TEXT, value TEXT)')
        database.execute('CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, '
                         'tile_data BLOB)')
        database.execute('INSERT INTO metadata VALUES (?, ?)', ('attribution', ATTRIBUTION))
        (west, row), (east, _) = ([int(number) for number in locate(LATITUDE, edge)] for edge in (WEST, EAST))
        for column in range(west, east + 1):
            database.execute('INSERT INTO tiles VALUES (?, ?, ?, ?)',
                             (ZOOM, column, (1 << ZOOM) - 1 - row, make_tile(column, row)))
    database.close()
    return path


def write_half(path):
    """As a copy is left that somebody has interrupted."""
    whole = pathlib.Path(write(path)).read_bytes()
    path.write_bytes(whole[:len(whole) // 2])
    return path
