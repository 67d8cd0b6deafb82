#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""layers-test.py SOURCE BUILD: no folder includes what stands above it, and the city server links no toolkit.

Prints the ten longest functions and files besides: a look at the shape, not a verdict."""

import pathlib
import re
import subprocess
import sys
import unittest

# What a folder may include besides itself; every path from here runs down.
FLOORS = {
    'core': set(),
    'wire': {'core'},
    'atlas': {'core'},
    'trust': {'core'},
    'store': {'core'},
    'remote': {'core', 'wire'},
    'sync': {'core', 'wire', 'remote', 'store'},
    'city': {'core', 'wire', 'atlas', 'trust'},
    'ui': {'core', 'atlas'},
    'main': {'core', 'wire', 'atlas', 'store', 'remote', 'sync', 'trust', 'ui'},
}

# Who may include a library's headers; what is not named here is free.
LIBRARIES = {
    r'gtk/|gdk/|gsk/|adwaita\.h|shumate/': {'ui', 'main'},
    r'libsoup/': {'remote', 'city'},
    r'sqlite3\.h': {'atlas', 'store', 'city'},
    r'json-glib/': {'wire', 'atlas', 'city'},
    r'libxml/': {'wire'},
    r'sodium\.h': {'trust'},
    r'libpq-fe\.h': {'city'},
    r'gdk-pixbuf/': {'city', 'ui'},
    r'qrencode\.h': {'ui', 'city'},
    r'glib/gi18n|libintl\.h': {'ui', 'city', 'main'},
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
RESOURCES = re.compile(r"compile_resources\('([\w-]+)'")
FUNCTION = re.compile(r'^([a-z_]\w*) \(')

source, build = (pathlib.Path(argument) for argument in sys.argv[1:3])
files = sorted(path for top in ('app', 'ui') for path in (source / top).rglob('*.[ch]'))
homes = {}
for file in files:
    homes.setdefault(file.name, []).append(file)

# Headers that meson makes.
generated = {'komek-config.h'}
for file in source.glob('*/**/meson.build'):
    generated |= {name + '.h' for name in RESOURCES.findall(file.read_text(encoding='utf-8'))}


def floor(path):
    """The floor that a source file stands on: its folder in app/, or the whole of ui/."""
    parts = path.relative_to(source).parts
    if parts[0] == 'ui':
        return 'ui'
    return parts[1] if len(parts) > 2 else 'main'


def includes():
    for path in files:
        for bracket, header in INCLUDE.findall(path.read_text(encoding='utf-8')):
            yield path, bracket, header


def find(path, header):
    """The headers that a quoted include in a file may mean, as the compiler looks: beside the file, else elsewhere."""
    beside = path.parent / header
    return [beside] if beside in homes.get(header, ()) else homes.get(header, [])


def circle(arrows):
    """A list of names that leads back to its first, or None."""
    def walk(name, trail):
        if name in trail:
            return trail[trail.index(name):] + [name]
        for target in sorted(arrows.get(name, ())):
            if found := walk(target, trail + [name]):
                return found
        return None

    return next((found for name in sorted(arrows) if (found := walk(name, []))), None)


class Layers(unittest.TestCase):
    def test_every_folder_is_on_the_plan(self):
        self.assertTrue(files)
        self.assertLessEqual({floor(path) for path in files}, set(FLOORS))

    def test_nothing_includes_what_stands_above_it(self):
        crossed = []
        for path, bracket, header in includes():
            if bracket == '<' or header in generated:
                continue
            allowed = FLOORS[floor(path)] | {floor(path)}
            if not any(floor(home) in allowed for home in find(path, header)):
                crossed.append(f'{path}: may not include {header}, or it is nowhere in app/ and ui/')
        self.assertEqual(crossed, [])

    def test_no_program_knows_two_headers_of_one_name(self):
        """Which of them an include means would hang on the order of the include paths; the server knows no page."""
        programs = [[file for file in files if floor(file) != stranger] for stranger in ('ui', 'city')]
        twice = [(str(file), str(other)) for program in programs for file in program for other in program
                 if file < other and file.name == other.name and file.suffix == '.h']
        self.assertEqual(twice, [])

    def test_each_library_stays_where_it_belongs(self):
        crossed = [f'{path}: may not include {header}'
                   for path, _, header in includes()
                   for pattern, allowed in LIBRARIES.items()
                   if re.match(pattern, header) and floor(path) not in allowed]
        self.assertEqual(crossed, [])

    def test_the_folders_of_ui_form_no_circle(self):
        arrows = {}
        for path, bracket, header in includes():
            for home in find(path, header) if bracket == '"' and floor(path) == 'ui' else ():
                if floor(home) == 'ui' and home.parent != path.parent:
                    arrows.setdefault(path.parent.name, set()).add(home.parent.name)
        self.assertIsNone(circle(arrows))

    def test_the_city_server_links_no_toolkit(self):
        listing = subprocess.run(['readelf', '-d', build / 'app' / 'city' / 'komek-city'],
                                 capture_output=True, text=True, check=True).stdout
        needed = re.findall(r'\(NEEDED\).*\[(.+)\]', listing)
        self.assertTrue(any(name.startswith('libsoup') for name in needed), needed)
        toolkit = [name for name in needed if re.match(r'lib(gtk|gdk(?!_pixbuf)|adwaita|shumate|X|wayland)', name)]
        self.assertEqual(toolkit, [])


def functions(path):
    """(lines, name) of every function, by the house's layout: name and braces in the first column."""
    name = start = None
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        if match := FUNCTION.match(line):
            name, start = match.group(1), number
        elif line == '}' and name:
            yield number - start, name
            name = None


def print_shape():
    code = [path for path in files if path.suffix == '.c']
    lengths = sorted(((lines, name, path) for path in code for lines, name in functions(path)), reverse=True)
    if lengths:
        print(f'{len(lengths)} functions, median {lengths[len(lengths) // 2][0]} lines, '
              f'p90 {lengths[len(lengths) // 10][0]} lines; the longest:')
    for lines, name, path in lengths[:10]:
        print(f'  {lines:5} {name} ({path.relative_to(source)})')
    print('the longest files:')
    sizes = sorted(((len(path.read_text(encoding='utf-8').splitlines()), path) for path in code), reverse=True)
    for lines, path in sizes[:10]:
        print(f'  {lines:5} {path.relative_to(source)}')


if __name__ == '__main__':
    print_shape()
    unittest.main(argv=sys.argv[:1])
