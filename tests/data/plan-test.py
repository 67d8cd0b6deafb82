#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the plan of Astana is well formed and that its streets lie where the real ones do.

usage: plan-test.py PLAN.geojson FOLDER-WITH-THE-REAL-DATA
   or: plan-test.py SOURCE-ROOT

The real data is a file of streets (astana-streets.json) and one of districts
(astana-districts.geojson); it is no part of the project. Without it the plan's form is
checked all the same, and the rest is skipped (77).
"""

import json
import math
import os
import re
import sys
import unicodedata

BOX = (71.2180, 50.8576, 71.7848, 51.3510)  # west, south, east, north
FARTHEST = 150  # metres between a drawn street and the real one
STEP = 50  # metres between two looks at a drawn street
LARGEST_FILE = 450_000
SHORTEST_PIECE = 80

DISTRICTS = {"saryarqa": "Сарыарқа", "baiqonyr": "Байқоңыр", "nura": "Нұра", "almaty": "Алматы",
             "saraishyq": "Сарайшық", "esil": "Есіл"}
# Square kilometres, by the real data's own description; its Esil lacks a piece in the far south
AREAS = {"saryarqa": 67.7, "baiqonyr": 182.9, "nura": 189.0, "almaty": 84.9, "saraishyq": 69.9,
         "esil": 205.6}
KINDS_KK = ("даңғылы", "көшесі", "тас жолы", "айналма жолы", "бульвары")
KINDS_RU = re.compile(r"(проспект|улица|шоссе|бульвар|трасса|дорога|автодорога)( |$)")

METRES_NORTH = 111_250
METRES_EAST = METRES_NORTH * math.cos(math.radians(51.13)) * 1.0006


def to_metres(position):
    return (position[0] - 71.43) * METRES_EAST, (position[1] - 51.13) * METRES_NORTH


def distance(a, b):
    return math.hypot(a[0] - b[0], a[1] - b[1])


def to_segment(point, a, b):
    """How far a point is from a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    along = 0 if square == 0 else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square
    along = max(0.0, min(1.0, along))
    return math.hypot(point[0] - a[0] - along * dx, point[1] - a[1] - along * dy)


def to_lines(point, lines):
    return min((to_segment(point, a, b) for line in lines for a, b in zip(line, line[1:])),
               default=math.inf)


def walk(line, step=STEP):
    """All points of a line, and points between them at most step metres apart."""
    for a, b in zip(line, line[1:]):
        parts = max(1, math.ceil(distance(a, b) / step))
        for k in range(parts):
            yield a[0] + (b[0] - a[0]) * k / parts, a[1] + (b[1] - a[1]) * k / parts
    yield line[-1]


class Report:
    def __init__(self):
        self.n_checks = 0
        self.n_failed = 0

    def check(self, what, faults):
        """One TAP line; faults is a list of sentences, empty where all is well."""
        self.n_checks += 1
        self.n_failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.n_checks} - {what}")
        for fault in faults[:12]:
            print(f"#   {fault}")
        if len(faults) > 12:
            print(f"#   and {len(faults) - 12} more")


# --- The form of the file -------------------------------------------------------------------

def named(feature):
    properties = feature["properties"]
    return properties.get("kk") or str(properties)


def of_kind(plan, *kinds):
    return [f for f in plan["features"] if f["properties"]["kind"] in kinds]


def lines_of(feature):
    geometry = feature["geometry"]
    lines = geometry["coordinates"]
    return [lines] if geometry["type"] == "LineString" else lines


def rings_of(feature):
    geometry = feature["geometry"]
    polygons = geometry["coordinates"]
    return [ring for polygon in ([polygons] if geometry["type"] == "Polygon" else polygons)
            for ring in polygon]


def position_faults(name, position):
    if not (isinstance(position, list) and len(position) == 2
            and all(isinstance(n, (int, float)) and math.isfinite(n) for n in position)):
        return [f"{name}: {position} is no position"]
    faults = []
    if not (BOX[0] <= position[0] <= BOX[2] and BOX[1] <= position[1] <= BOX[3]):
        faults.append(f"{name}: {position} is outside the city's box")
    if any(round(n, 5) != n for n in position):
        faults.append(f"{name}: {position} has more than five decimals")
    return faults


def geometry_faults(feature):
    name, kind = named(feature), feature["properties"]["kind"]
    allowed = {"district": ("Polygon", "MultiPolygon")}.get(kind, ("LineString", "MultiLineString"))
    if feature["geometry"]["type"] not in allowed:
        return [f"{name}: a {kind} is no {feature['geometry']['type']}"]
    faults = []
    for line in (rings_of(feature) if kind == "district" else lines_of(feature)):
        faults += [f for position in line for f in position_faults(name, position)]
        if kind == "district" and (len(line) < 4 or line[0] != line[-1]):
            faults.append(f"{name}: a ring is not closed")
        if len(line) < 2:
            faults.append(f"{name}: a line of one point")
        faults += [f"{name}: {a} twice in a row" for a, b in zip(line, line[1:]) if a == b]
    return faults


def winding_faults(feature):
    """RFC 7946: outer rings run against the clock."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"]
    polygons = [polygons] if geometry["type"] == "Polygon" else polygons
    return [f"{named(feature)}: an outer ring runs with the clock"
            for polygon in polygons if signed_area(polygon[0]) <= 0]


def signed_area(ring):
    points = [to_metres(p) for p in ring]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:])) / 2


def scripts(text):
    return {unicodedata.name(c).split()[0] for c in text if c.isalpha()}


def name_faults(feature):
    properties = feature["properties"]
    faults = [f"{named(feature)}: no name in {language}" for language in ("kk", "ru", "en")
              if not properties.get(language, "").strip()]
    if faults:
        return faults
    for language, script in (("kk", "CYRILLIC"), ("ru", "CYRILLIC"), ("en", "LATIN")):
        if scripts(properties[language]) != {script}:
            faults.append(f"{properties[language]}: a letter is not {script.lower()}")
    if re.search("[әғқңөұүһі]", properties["ru"].lower()):
        faults.append(f"{properties['ru']}: a Kazakh letter in the Russian name")
    return faults


def street_name_faults(feature):
    properties = feature["properties"]
    faults = []
    if not properties["kk"].endswith(KINDS_KK):
        faults.append(f"{properties['kk']}: what is it, a street, an avenue?")
    if not KINDS_RU.search(properties["ru"]):
        faults.append(f"{properties['ru']}: что это, улица, проспект?")
    if not properties.get("osm") or not all(isinstance(n, str) for n in properties["osm"]):
        faults.append(f"{properties['kk']}: does not say which names it was drawn after")
    return faults


def repeated(values):
    return sorted({v for v in values if values.count(v) > 1})


def river_faults(plan):
    """The Esil is drawn along the border of districts: both banks are near."""
    borders = {f["properties"]["code"]: [[to_metres(p) for p in ring] for ring in rings_of(f)]
               for f in of_kind(plan, "district")}
    faults = []
    for river in of_kind(plan, "river"):
        for line in lines_of(river):
            for point in walk([to_metres(p) for p in line]):
                near = [code for code, rings in borders.items() if to_lines(point, rings) < 150]
                if len(near) < 2:
                    faults.append(f"the river is no border at {point[0]:.0f}, {point[1]:.0f} m")
    return faults


def check_form(report, path, text, plan):
    features = plan["features"]
    streets = of_kind(plan, "avenue", "street")

    n_lines = text.count('\n{"type":"Feature"')
    report.check("the file is small, one feature a line",
                 [f"{len(text.encode())} bytes"] * (len(text.encode()) >= LARGEST_FILE)
                 + [f"{n_lines} lines for {len(features)} features"] * (n_lines != len(features)))
    report.check("every feature is of a known kind",
                 [str(f["properties"]) for f in features if f["type"] != "Feature" or
                  f["properties"].get("kind") not in ("district", "river", "avenue", "street")])
    report.check("lines and rings are well formed, inside the city's box",
                 [fault for f in features for fault in geometry_faults(f)])
    report.check("outer rings run against the clock",
                 [fault for f in of_kind(plan, "district") for fault in winding_faults(f)])

    counts = {kind: len(of_kind(plan, kind)) for kind in ("avenue", "street", "river", "district")}
    print(f"# {os.path.basename(path)}: {len(text.encode())} bytes, {counts}")
    is_whole = (35 <= counts["avenue"] <= 60 and 250 <= counts["street"] <= 350
                and counts["river"] == 1 and counts["district"] == 6)
    report.check("35 to 60 avenues, 250 to 350 streets, one river, six districts",
                 [] if is_whole else [str(counts)])
    districts = {f["properties"].get("code"): named(f) for f in of_kind(plan, "district")}
    report.check("the districts have their codes and names",
                 [] if districts == DISTRICTS else [str(districts)])
    report.check("every name is there in Kazakh, Russian and English, in its own letters",
                 [fault for f in features for fault in name_faults(f)])
    report.check("every street says what it is and which names it was drawn after",
                 [fault for f in streets for fault in street_name_faults(f)])
    report.check("no two streets share a name",
                 [name for language in ("kk", "ru", "en")
                  for name in repeated([f["properties"][language] for f in streets])]
                 + repeated([name for f in streets for name in f["properties"]["osm"]]))
    report.check("no crumbs: every piece of a street is long enough to be seen",
                 [f"{named(f)}: {length:.0f} m" for f in streets for line in lines_of(f)
                  for points in [[to_metres(p) for p in line]]
                  for length in [sum(distance(a, b) for a, b in zip(points, points[1:]))]
                  if length < SHORTEST_PIECE - 5])
    report.check("the river runs along the borders of districts", river_faults(plan))


# --- Beside the real city -------------------------------------------------------------------

def real_lines(name, points):
    """A street is many ways strung together: broken where neighbours are far apart."""
    farthest = 1500 if re.search("айналма|шоссе|трасса", name.lower()) else 600
    lines = []
    for point in (to_metres((p["lng"], p["lat"])) for p in points):
        if lines and distance(lines[-1][-1], point) <= farthest:
            lines[-1].append(point)
        else:
            lines.append([point])
    return lines


def read_real_streets(folder):
    with open(os.path.join(folder, "astana-streets.json"), encoding="utf-8") as file:
        return {s["name"]: real_lines(s["name"], s["points"]) for s in json.load(file)["streets"]}


class Nearness:
    """How far points are from a street, up to a bound; looks at the near segments only."""

    CELL = 400

    def __init__(self, lines):
        self.cells = {}
        for line in lines:
            for a, b in list(zip(line, line[1:])) or [(line[0], line[0])]:
                for point in walk([a, b], self.CELL / 4):
                    self.cells.setdefault(self.cell_of(point), set()).add((a, b))

    def cell_of(self, point):
        return int(point[0] // self.CELL), int(point[1] // self.CELL)

    def distance(self, point):
        x, y = self.cell_of(point)
        near = {s for i in (x - 1, x, x + 1) for j in (y - 1, y, y + 1)
                for s in self.cells.get((i, j), ())}
        return min((to_segment(point, a, b) for a, b in near), default=math.inf)


def farthest_of(feature, real, shift=(0, 0)):
    nearness = Nearness([line for name in feature["properties"]["osm"] for line in real[name]])
    return max(nearness.distance((p[0] + shift[0], p[1] + shift[1]))
               for line in lines_of(feature) for p in walk([to_metres(q) for q in line]))


def plain(text):
    """Letters that Kazakh and Russian spell differently made one, to compare stems."""
    return text.lower().translate(str.maketrans("әғқңөұүһіыйёэc", "агкноуухиииеес"))


def stems(text):
    kinds = ("даңғылы көшесі тас жолы айналма бульвары желек проспект улица шоссе бульвар трасса "
             "дорога автодорога кольцевая").split()
    return {plain(word)[:3] for word in re.findall(r"\w+", text.lower()) if word not in kinds}


def share_a_stem(feature, name):
    properties = feature["properties"]
    return bool(stems(name) & (stems(properties["kk"]) | stems(properties["ru"])))


def check_streets(report, plan, real):
    streets = of_kind(plan, "avenue", "street")
    unknown = [f"{named(f)}: no real street is called {name}" for f in streets
               for name in f["properties"]["osm"] if name not in real]
    report.check("every street was drawn after real ones", unknown)
    if unknown:
        return
    report.check("each of them by the same name",
                 [f"{named(f)} was drawn after {name}" for f in streets
                  for name in f["properties"]["osm"] if not share_a_stem(f, name)])

    for kind in ("avenue", "street"):
        farthest = {named(f): farthest_of(f, real) for f in of_kind(plan, kind)}
        worst = max(farthest, key=farthest.get)
        print(f"# {kind}: farthest from the real one {farthest[worst]:.0f} m ({worst}), "
              f"median of the farthest {sorted(farthest.values())[len(farthest) // 2]:.0f} m")
        report.check(f"every {kind} lies within {FARTHEST} m of the real one",
                     [f"{name}: {d:.0f} m" for name, d in farthest.items() if d > FARTHEST])

    # A measure that finds nothing wrong with a wrong plan would prove nothing.
    report.check("every avenue would be found out if it were drawn 300 m to the north-east",
                 [named(f) for f in of_kind(plan, "avenue")
                  if farthest_of(f, real, (212, 212)) <= FARTHEST])


def border_of(district):
    return [[to_metres(p) for p in ring] for ring in rings_of(district)]


def apart(one, other):
    """How far two borders are apart at most, from either side."""
    return max(to_lines(p, lines) for rings, lines in ((one, other), (other, one))
               for ring in rings for p in ring)


def check_districts(report, plan, folder):
    with open(os.path.join(folder, "astana-districts.geojson"), encoding="utf-8") as file:
        real = [border_of(district) for district in json.load(file)["features"]]
    faults = []
    for district in of_kind(plan, "district"):
        code = district["properties"].get("code")
        area = sum(abs(signed_area(ring)) for ring in rings_of(district)) / 1e6
        off = min(apart(border_of(district), border) for border in real)
        print(f"# {code}: {area:.1f} km² of {AREAS.get(code)}, border at most {off:.0f} m off")
        if off > 40 or not 0.93 < area / AREAS.get(code, math.nan) < 1.02:
            faults.append(f"{named(district)}: {area:.1f} km², border {off:.0f} m off")
    report.check("the districts have their real borders", faults)


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    path = arguments[0]
    folder = arguments[1] if len(arguments) == 2 else ""
    if os.path.isdir(path):
        folder = folder or os.path.join(path, os.pardir, "shared", "maps")
        path = os.path.join(path, "data", "plan", "astana.geojson")

    report = Report()
    with open(path, encoding="utf-8") as file:
        text = file.read()
    plan = json.loads(text, parse_constant=lambda name: sys.exit(f"{path}: {name} is no number"))
    check_form(report, path, text, plan)

    is_there = os.path.isfile(os.path.join(folder, "astana-streets.json"))
    if is_there:
        check_streets(report, plan, read_real_streets(folder))
        check_districts(report, plan, folder)
    else:
        print("# the real data is not here: not compared with it")
    print(f"1..{report.n_checks}")
    return 1 if report.n_failed else 0 if is_there else 77


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
