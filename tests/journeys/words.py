# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that the window shows, looked up where the window looks them up: in the built catalogues."""

import functools
import gettext
import os
import re

LANGUAGES = ('kk', 'ru', 'en')
PLACEHOLDER = re.compile(r'%(?:\d+\$)?[-+#0\'I]*\d*(?:\.\d+)?(?:hh?|ll?|z)?[a-zA-Z]|%%|\{\w+\}')
CONTEXT_END = '\x04'


def pattern(text):
    """What a format with its placeholders filled in looks like."""
    parts = PLACEHOLDER.split(text)
    return re.compile('.+?'.join(re.escape(part) for part in parts), re.DOTALL)


class Words:
    """One language: words('Home', 'page') is what the window shows for that message and context."""

    def __init__(self, language):
        self.language = language
        if language == 'en':
            self.catalogue = gettext.NullTranslations()
        else:
            self.catalogue = gettext.translation('komek', os.environ['KOMEK_LOCALE_DIR'], [language])

    def __call__(self, message, context=None):
        key = message if context is None else context + CONTEXT_END + message
        if self.language == 'en':
            return message
        text = self.messages().get(key)
        if not text:
            raise AssertionError(f'{key!r} is not in the {self.language} catalogue: what does the window say instead?')
        return text

    def messages(self):
        return self.catalogue._catalog  # gettext would answer what it does not know with the question

    def pattern(self, message, context=None):
        """A pattern for a message with placeholders; of a plural any form may stand there."""
        return pattern(self(message, context))

    def plural(self, message, messages):
        """A pattern for a count in any of the language's plural forms."""
        counts = (1, 2, 5, 11, 21)
        forms = {self.catalogue.ngettext(message, messages, count) for count in counts}
        return re.compile('|'.join(f'(?:{pattern(form).pattern})' for form in sorted(forms)), re.DOTALL)

    def foreign(self):
        """What the program would say in another language and never in this one."""
        ours, others = set(), set()
        for language in LANGUAGES:
            (ours if language == self.language else others).update(texts(language))
        return others - ours


@functools.lru_cache
def texts(language):
    """All that the program can say as it stands in one language, without placeholders."""
    words = Words('kk' if language == 'en' else language)
    pairs = ((key[0] if isinstance(key, tuple) else key, value) for key, value in words.messages().items())
    found = {message.split(CONTEXT_END)[-1] if language == 'en' else value for message, value in pairs}
    return frozenset(text for text in found if text and not PLACEHOLDER.search(text))
