#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""maps-test.py SOURCE: data/maps/make-pack draws a pack as data/maps/README.md says. Skipped where GDAL or mapnik is not installed."""

import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

source = pathlib.Path(sys.argv.pop(1))
SKIPPED = 77

# An avenue, a park and a lake of a city, and a street of another one.
OSM = '''<osm version="0.6">
<node id="1" version="1" lat="51.13" lon="71.40"/><node id="2" version="1" lat="51.13" lon="71.46"/>
<node id="3" version="1" lat="51.14" lon="71.42"/><node id="4" version="1" lat="51.14" lon="71.43"/>
<node id="5" version="1" lat="51.15" lon="71.43"/><node id="6" version="1" lat="51.15" lon="71.42"/>
<node id="7" version="1" lat="51.16" lon="71.42"/><node id="8" version="1" lat="51.16" lon="71.43"/>
<node id="9" version="1" lat="51.17" lon="71.43"/>
<way id="1" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="name" v="Тәуелсіздік даңғылы"/></way>
<way id="2" version="1"><nd ref="3"/><nd ref="4"/><nd ref="5"/><nd ref="6"/><nd ref="3"/><tag k="leisure" v="park"/></way>
<way id="3" version="1"><nd ref="7"/><nd ref="8"/><nd ref="9"/><nd ref="7"/><tag k="natural" v="water"/></way>
</osm>'''
BBOX = '71.38,51.10,71.48,51.18'


def is_installed():
    if not shutil.which('ogr2ogr'):
        return False
    return subprocess.run(['/usr/bin/python3', '-c', 'import mapnik'], capture_output=True, check=False).returncode == 0


class Maps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        (folder / 'city.osm').write_text(OSM, encoding='utf-8')
        subprocess.run(['ogr2ogr', '-f', 'GPKG', folder / 'city.gpkg', folder / 'city.osm', 'lines', 'multipolygons'],
                       check=True, capture_output=True)
        cls.made = subprocess.run([source / 'data/maps/make-pack', folder / 'city.gpkg', folder / 'city.mbtiles', '--bbox', BBOX,
                                   '--zooms', '11-13'], check=False, capture_output=True, text=True)
        cls.path = folder / 'city.mbtiles'

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def ask(self, sql):
        with sqlite3.connect(self.path) as pack:
            return pack.execute(sql).fetchall()

    def test_it_is_made(self):
        self.assertEqual(self.made.returncode, 0, self.made.stderr)

    def test_it_says_who_made_it_and_where_it_is(self):
        metadata = dict(self.ask('SELECT name, value FROM metadata'))
        self.assertEqual(metadata['attribution'], '© OpenStreetMap contributors')
        self.assertEqual(metadata['bounds'], '71.38,51.1,71.48,51.18')
        self.assertEqual((metadata['minzoom'], metadata['maxzoom'], metadata['scheme']), ('11', '13', 'tms'))

    def test_each_square_of_the_city_has_a_picture(self):
        counts = dict(self.ask('SELECT zoom_level, count(*) FROM tiles GROUP BY 1'))
        self.assertEqual(sorted(counts), [11, 12, 13])
        self.assertEqual(counts[13], 12)
        for (data,) in self.ask('SELECT tile_data FROM tiles'):
            self.assertEqual(data[:8], b'\x89PNG\r\n\x1a\n')

    def test_rows_run_from_the_south(self):
        (row,) = self.ask('SELECT max(tile_row) FROM tiles WHERE zoom_level = 13')[0]
        self.assertGreater(row, 2 ** 12)

    def test_equal_tiles_are_kept_once(self):
        (tiles,), (images,) = self.ask('SELECT count(*) FROM tiles')[0], self.ask('SELECT count(*) FROM images')[0]
        self.assertLess(images, tiles)

    def test_it_says_what_is_missing(self):
        made = subprocess.run([source / 'data/maps/make-pack', 'nowhere.gpkg', 'out.mbtiles', '--bbox', BBOX], check=False,
                              capture_output=True, text=True)
        self.assertEqual(made.returncode, 2)
        self.assertIn('nowhere.gpkg is not there', made.stderr)


if __name__ == '__main__':
    if not is_installed():
        print('GDAL or mapnik is not installed.')
        sys.exit(SKIPPED)
    unittest.main()
