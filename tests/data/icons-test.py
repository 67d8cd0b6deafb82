#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""icons-test.py SOURCE: every drawing can be read, recoloured where it must be, and none is missing."""

import csv
import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree as tree

source = pathlib.Path(sys.argv[1])
ICONS = source / 'ui' / 'style' / 'icons'
APP_ICONS = source / 'data' / 'icons' / 'hicolor'
TAXONOMY = source / 'data' / 'sample' / 'taxonomy.tsv'
SVG = '{http://www.w3.org/2000/svg}'

# What toolkits draw differently, slowly or not at all.
FORBIDDEN = {'text', 'image', 'filter', 'style', 'script', 'foreignObject'}
GRADIENTS = {'linearGradient', 'radialGradient', 'pattern'}


def pictures():
    for folder in (ICONS, source / 'ui' / 'style' / 'art', APP_ICONS):
        yield from sorted(folder.rglob('*.svg'))


def drawn_names():
    lines = [line for line in (ICONS / 'drawings.tsv').read_text(encoding='utf-8').splitlines()
             if not line.startswith('#')]
    return {row['name'] for row in csv.DictReader(lines, delimiter='\t')}


def elements(path):
    return [element for element in tree.parse(path).iter() if isinstance(element.tag, str)]


class Icons(unittest.TestCase):
    def test_every_picture_is_an_svg_with_a_box(self):
        for path in pictures():
            with self.subTest(path.name):
                root = tree.parse(path).getroot()
                self.assertEqual(root.tag, SVG + 'svg')
                _, _, width, height = map(float, root.get('viewBox').split())
                self.assertGreater(width, 0)
                self.assertGreater(height, 0)
                # A box of another shape than the picture would leave empty stripes.
                self.assertAlmostEqual(float(root.get('width')) / float(root.get('height')), width / height)

    def test_every_picture_names_its_licence(self):
        silent = [path.name for path in pictures()
                  if 'SPDX-License-Identifier: GPL-3.0-or-later' not in path.read_text(encoding='utf-8')]
        self.assertEqual(silent, [])

    def test_no_picture_needs_fonts_filters_or_other_files(self):
        for path in pictures():
            with self.subTest(path.name):
                tags = {element.tag.removeprefix(SVG) for element in elements(path)}
                self.assertEqual(tags & FORBIDDEN, set())

    def test_symbolic_icons_are_made_of_fills(self):
        symbolic = [path for path in pictures() if path.stem.endswith('-symbolic')]
        self.assertGreater(len(symbolic), 0)
        for path in symbolic:
            with self.subTest(path.name):
                for element in elements(path):
                    self.assertEqual(element.get('stroke', 'none'), 'none')
                    self.assertNotIn('stroke', element.get('style', ''))
                    self.assertNotIn(element.tag.removeprefix(SVG), GRADIENTS)

    def test_every_drawing_has_an_icon_in_both_sizes_and_back(self):
        names = drawn_names()
        for size in ('scalable', '16x16'):
            files = {path.stem for path in (ICONS / size / 'actions').glob('*.svg')}
            self.assertEqual(files, {name + '-symbolic' for name in names})

    def test_every_category_has_an_icon(self):
        if not TAXONOMY.exists():
            self.skipTest(f'{TAXONOMY} is not there')
        with TAXONOMY.open(encoding='utf-8', newline='') as file:
            codes = {row['category'].lower() for row in csv.DictReader(file, delimiter='\t')}
        self.assertEqual(len(codes), 24)
        self.assertEqual({f'komek-category-{code}' for code in codes} - drawn_names(), set())

    def test_no_template_asks_a_theme_for_our_icons(self):
        # It does not know them, and would call librsvg for them if it did: KomekIcon draws them.
        asking = [path.name for path in (source / 'ui').rglob('*.ui')
                  if re.search('icon-name">(komek-|kz.komek)', path.read_text(encoding='utf-8'))]
        self.assertEqual(asking, [])

    def test_every_icon_that_a_template_names_is_drawn(self):
        named = {name for path in (source / 'ui').rglob('*.ui')
                 for name in re.findall('>(komek-[a-z-]+)-symbolic<', path.read_text(encoding='utf-8'))}
        self.assertGreater(len(named), 10)
        self.assertEqual(named - drawn_names(), set())

    def test_the_program_has_an_icon_in_colour_and_in_one(self):
        for path in ('scalable/apps/kz.komek.Komek.svg', 'symbolic/apps/kz.komek.Komek-symbolic.svg'):
            self.assertTrue((APP_ICONS / path).is_file(), path)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
