#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""names.py LANGUAGE: on every page what can be reached has a name of its own, in the language, and an action."""

import collections
import re

import tree
from city import City
from journey import Journey, language, main
from pages import PAGES, Sights, go
from window import Window

# What takes the focus without being anything to somebody who cannot see it.
MERE_FRAMES = tree.GROUP | {'scroll pane'}
NEED_NAMES = tree.BUTTON | tree.FIELD | tree.CHECK | tree.LIST | tree.ROW | {'dialog', 'image', 'icon'}

# A word, or the sign on a key.
TELLING = re.compile(r'[^\W\d_]|^.$')


def faults(window):
    """What is wrong with the names in the window now, a line each."""
    root = window.read()
    foreign = window.words.foreign()
    for node in root.below():
        if needs_name(node) and (not node.name.strip() or tree.CLASS_NAME.match(node.name)):
            yield f'has no name: {path(node)}'
        if node.role in tree.LABEL - tree.STATUS and tree.CLASS_NAME.match(node.name):
            yield f'is a text with nothing in it, which is read out as what it is made of: {path(node)}'
        if node.name in foreign:
            yield f'is not in the language: {path(node)}'
        if node.role in tree.BUTTON and not TELLING.search(node.name):
            yield f'says nothing: {path(node)}'
        if node.role in tree.BUTTON and not holds_its_words(node):
            yield f'is called other than what stands on it ({", ".join(node.words())}): {path(node)}'
        if node.role in tree.BUTTON | tree.CHECK and not node.can_be_pressed():
            yield f'cannot be pressed without a pointer or keys: {path(node)}'
        for name, count in collections.Counter(buttons(node)).items():
            if count > 1:
                yield f'{count} buttons side by side are called {name!r}: {path(node)}'


def needs_name(node):
    if node.role in ('image', 'icon') and node.parent.role in tree.FIELD:
        return False  # the picture that GTK puts into a field, which has the name
    return node.focusable and node.role not in MERE_FRAMES or node.role in NEED_NAMES


def buttons(node):
    return [child.name for child in node.children if child.role in tree.BUTTON and child.name]


def holds_its_words(button):
    """Who says aloud what stands on a button must press it."""
    words = button.words()
    return not words or words[0] == button.name or bool(parts(words[0]) & parts(button.name))


def parts(text):
    return set(re.findall(r'\w+', text.casefold()))


def path(node):
    """From the page down, as far as there are names."""
    names = [str(above) for above in node.above() if above.name and not tree.CLASS_NAME.match(above.name)]
    return ' < '.join([str(node), *names])


class Names(Journey):
    def check(self, *options):
        found = []
        with City(self.folder) as city, Window(language, '--city', city.url, *options) as window:
            sights = Sights(city)
            for page in PAGES:
                go(page, window, sights)
                found += [f'{page}: {fault}' for fault in dict.fromkeys(faults(window))]
        self.assertEqual(found, [], '\n' + '\n'.join(found))

    def test_on_every_page(self):
        # The two shapes share the pages; what only one of them has is the same in every language.
        self.check(*(['--kiosk', '--here', '51.1463,71.4318'] if language == 'kk' else []))


if __name__ == '__main__':
    main()
