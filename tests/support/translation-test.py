#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""translation-test.py SOURCE: every string can be translated, tells a translator enough, and is translated."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

source = pathlib.Path(sys.argv[1])
po = source / 'po'

PLURALS = {'kk': 1, 'ru': 3}
CALL = re.compile(r'(?<!\w)(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*"')
TRANSLATABLE = re.compile(r'translatable="(?:yes|true|1)"')
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-+#0'I]*\d*(?:\.\d+)?(?:hh?|ll?|z|<?PRI?)?[a-zA-Z]|\{\w+\}")
# Kazakh endings follow the sound of the word before them, so none may hang on an inserted one.
INFLECTED = re.compile(f"(?:{PLACEHOLDER.pattern})-?[^\\W\\d_]")

# What no Kazakh or Russian text has: how it would be typed by somebody in a hurry.
SLIPS = {
    'two blanks': re.compile('  '),
    'quotation marks other than «»': re.compile('["“”]'),
    'a hyphen or – between words, where — stands': re.compile(r'[^\W\d] [-–] | [-–] [^\W\d]'),
    'a word in two scripts': re.compile('[a-z][а-яёәіңғүұқөһ]|[а-яёәіңғүұқөһ][a-z]', re.IGNORECASE),
    'a unit that can be parted from its number': re.compile(r'\d (?:к?м²?|г\.|ж\.|%)(?!\w)'),
}
END = re.compile(r'[.:!?…]?$')

XGETTEXT = [
    'xgettext', '--from-code=UTF-8', '--add-comments=Translators:',
    '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=ngettext:1,2',
    '--keyword=g_dgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
]


def unquote(line):
    text = line[line.index('"') + 1:line.rindex('"')]
    return re.sub(r'\\(.)', lambda match: {'n': '\n', 't': '\t'}.get(match.group(1), match.group(1)), text)


class Message:
    def __init__(self):
        self.context = self.plural = None
        self.id = ''
        self.strings = []
        self.comments = []
        self.flags = set()

    def __str__(self):
        return repr(self.id)


def messages(path):
    """The messages of a catalogue, its header among them (its id is empty)."""
    for block in re.split(r'\n\s*\n', path.read_text(encoding='utf-8')):
        message, parts = Message(), []
        for line in block.splitlines():
            if line.startswith('#.'):
                message.comments.append(line[2:].strip())
            elif line.startswith('#,'):
                message.flags |= {flag.strip() for flag in line[2:].split(',')}
            elif line.startswith('msg'):
                parts.append([line.split(' ', 1)[0], unquote(line)])
            elif line.startswith('"'):
                parts[-1][1] += unquote(line)
        for keyword, text in parts:
            if keyword == 'msgctxt':
                message.context = text
            elif keyword == 'msgid':
                message.id = text
            elif keyword == 'msgid_plural':
                message.plural = text
            else:
                message.strings.append(text)
        if parts:
            yield message


def lines(path):
    text = path.read_text(encoding='utf-8').splitlines()
    return [line.strip() for line in text if line.strip() and not line.startswith('#')]


def without_c_comments(text):
    return re.sub(r'/\*.*?\*/', '', text, flags=re.DOTALL)


def has_strings(path):
    text = path.read_text(encoding='utf-8')
    if path.suffix in ('.c', '.h'):
        return bool(CALL.search(without_c_comments(text)))
    return path.suffix != '.ui' or bool(TRANSLATABLE.search(text))


def sources_with_strings():
    found = [*source.glob('data/*.desktop.in'), *source.glob('data/*.metainfo.xml.in'),
             *source.glob('data/*.gschema.xml')]
    for top in ('app', 'ui'):
        for suffix in ('.c', '.h', '.ui'):
            found += [path for path in (source / top).rglob('*' + suffix) if has_strings(path)]
    return {str(path.relative_to(source)) for path in found}


def needs_explanation(message):
    """A placeholder needs a comment; of one or two words, a context also says which of their meanings it is."""
    if message.comments:
        return False
    return bool(PLACEHOLDER.search(message.id)) or (len(message.id.split()) <= 2 and not message.context)


class Translation(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.pot = pathlib.Path(cls.folder.name) / 'komek.pot'
        made = subprocess.run([*XGETTEXT, '--files-from', po / 'POTFILES', '--directory', source, '--output', cls.pot],
                              capture_output=True, text=True)
        if made.returncode != 0:
            raise AssertionError(made.stderr)
        cls.languages = ' '.join(lines(po / 'LINGUAS')).split()

    def test_potfiles_names_every_source_with_strings_and_no_other(self):
        named = lines(po / 'POTFILES')
        self.assertEqual(sorted(set(named)), sorted(named), 'a file stands there twice')
        self.assertEqual(sources_with_strings(), set(named))

    def test_placeholders_and_short_strings_are_explained(self):
        unexplained = [str(message) for message in messages(self.pot) if message.id and needs_explanation(message)]
        self.assertEqual(unexplained, [])

    def test_kazakh_and_russian_are_there(self):
        self.assertLessEqual(set(PLURALS), set(self.languages))

    def test_every_language_is_complete(self):
        for language in self.languages:
            with self.subTest(language=language):
                # Compares with what the sources hold now, not with a template of last week.
                compared = subprocess.run(['msgcmp', po / f'{language}.po', self.pot], capture_output=True, text=True)
                self.assertEqual((compared.stderr, compared.returncode), ('', 0))
                fuzzy = [str(message) for message in messages(po / f'{language}.po') if 'fuzzy' in message.flags]
                self.assertEqual(fuzzy, [])

    def test_every_catalogue_is_sound(self):
        for language in self.languages:
            with self.subTest(language=language):
                checked = subprocess.run(['msgfmt', '--check', '--output-file=/dev/null', po / f'{language}.po'],
                                         capture_output=True, text=True)
                self.assertEqual((checked.stderr, checked.returncode), ('', 0))

    def test_plural_forms_are_those_of_the_language(self):
        for language, count in PLURALS.items():
            with self.subTest(language=language):
                header = next(messages(po / f'{language}.po')).strings[0]
                self.assertRegex(header, rf'Plural-Forms: nplurals={count};')

    def test_kazakh_hangs_no_ending_on_an_inserted_word(self):
        inflected = [string for message in messages(po / 'kk.po') if message.id and 'c-format' in message.flags
                     for string in message.strings if INFLECTED.search(string.replace('%%', ''))]
        self.assertEqual(inflected, [])

    def test_texts_are_typed_as_in_print(self):
        for language in self.languages:
            for message in messages(po / f'{language}.po'):
                for string in message.strings if message.id else []:
                    text = PLACEHOLDER.sub('0', string.replace('%%', '%') if 'c-format' in message.flags else string)
                    for slip, pattern in SLIPS.items():
                        with self.subTest(language=language, slip=slip):
                            self.assertNotRegex(text, pattern)

    def test_texts_end_as_the_english_ones(self):
        for language in self.languages:
            for message in messages(po / f'{language}.po'):
                for string in message.strings if message.id and message.context != 'long date' else []:
                    with self.subTest(language=language, string=string):
                        self.assertEqual(END.search(string.rstrip())[0], END.search(message.id.rstrip())[0])


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
