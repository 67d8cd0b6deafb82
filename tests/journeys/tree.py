# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessible tree of a window: what a screen reader finds in it.

Speaks to the accessibility bus itself. One question brings names, roles and states of the whole program, out of GTK's
own summary. It keeps what has gone or is hidden and lacks what has just come, so who is below whom is asked of the tree:
all questions of one level are on their way at once. Nothing is remembered from the time before.
"""

import re
import typing

from gi.repository import Gio, GLib

# Numbers of roles in the protocol, AtspiRole, by the names that are used here.
ROLES = {
    2: 'alert', 7: 'check box', 11: 'combo box', 16: 'dialog', 20: 'filler', 23: 'frame', 26: 'icon', 27: 'image',
    29: 'label', 31: 'list', 32: 'list item', 39: 'panel', 42: 'progress bar', 43: 'button', 44: 'radio button',
    48: 'scroll bar', 49: 'scroll pane', 50: 'separator', 51: 'slider', 52: 'spin button', 54: 'status', 55: 'table',
    56: 'table cell', 61: 'text', 62: 'toggle button', 69: 'window', 75: 'application', 79: 'entry', 83: 'heading',
    88: 'link', 90: 'table row', 98: 'list box', 99: 'group', 101: 'notification', 116: 'static',
}

BUTTON = frozenset({'button', 'toggle button', 'link'})
CHECK = frozenset({'check box', 'radio button'})
FIELD = frozenset({'text', 'entry', 'spin button', 'combo box'})
FRAME = frozenset({'frame', 'window'})
GROUP = frozenset({'panel', 'group', 'filler'})
STATUS = frozenset({'status'})
ALERT = frozenset({'alert', 'notification'})
LABEL = frozenset({'label', 'heading', 'static', 'status'}) | ALERT
LIST = frozenset({'list', 'list box', 'table'})
LEAVES = frozenset({'label', 'heading', 'static', 'image', 'icon', 'separator'})
ROW = frozenset({'list item', 'table row'})

CLASS_NAME = re.compile(r'(Gtk|Gdk|Adw|Komek|Shumate)[A-Z]')

# Numbers of states, AtspiStateType.
STATES = {'checked': 4, 'expanded': 10, 'focusable': 11, 'focused': 12, 'pressed': 20, 'selected': 23,
          'sensitive': 24, 'visible': 30}
PRESSES = ('click', 'toggle', 'activate', 'press', 'option.choose')
WINDOW_COORDINATES = 1
MOST_ROWS = 30

ACCESSIBLE = 'org.a11y.atspi.Accessible'
TEXT = 'org.a11y.atspi.Text'
PROPERTIES = 'org.freedesktop.DBus.Properties'
SUMMARY = ('/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems')
ROOT = '/org/a11y/atspi/accessible/root'
REGISTRY = ('org.a11y.atspi.Registry', ROOT)


def is_gone(error):
    """Whether a call failed because what it was meant for has left the window."""
    return error.matches(Gio.dbus_error_quark(), Gio.DBusError.UNKNOWN_METHOD)


class Item(typing.NamedTuple):
    """What a summary says of one accessible; the whole of it takes Python too long to unpack."""
    path: str
    children: int
    name: str
    role: int
    states: int

    @classmethod
    def unpack(cls, item):
        get = item.get_child_value
        low, high = get(9).unpack()
        return cls(get(0).get_child_value(1).get_string(), get(4).get_int32(), get(6).get_string(), get(7).get_uint32(),
                   low | high << 32)


class Bus:
    """A connection to the accessibility bus of this session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                                    None, None, Gio.DBusCallFlags.NONE, 10000).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.pending = 0

    def call(self, owner, path, interface, method, arguments=None):
        """Asks and waits for the answer."""
        answer = self.connection.call_sync(owner, path, interface, method, arguments, None,
                                           Gio.DBusCallFlags.NONE, 10000, None)
        return answer.unpack()

    def knows_places(self, owner):
        """Whether its GTK says where something is; newer ones leave the padding out of all that is round it."""
        version = self.property(owner, ROOT, 'org.a11y.atspi.Application', 'Version')
        return tuple(map(int, version.split('.')[:2])) < (4, 10)

    def property(self, owner, path, interface, name):
        return self.call(owner, path, PROPERTIES, 'Get', GLib.Variant('(ss)', (interface, name)))[0]

    def ask(self, owner, path, interface, method, arguments, on_answer):
        """Asks and goes on; on_answer is called by settle(), not at all where there is no answer."""
        def on_ready(connection, result):
            self.pending -= 1
            try:
                answer = connection.call_finish(result).unpack()
            except GLib.Error:
                return  # it went away while we looked
            on_answer(answer)

        self.pending += 1
        self.connection.call(owner, path, interface, method, arguments, None,
                             Gio.DBusCallFlags.NONE, 10000, None, on_ready)

    def summarize(self, owner):
        """What a program says of all that is in its windows, by their paths."""
        try:
            answer = self.connection.call_sync(owner, *SUMMARY, None, None, Gio.DBusCallFlags.NONE, 10000, None)
        except GLib.Error as error:
            if is_gone(error):
                return {}  # a program that has just begun
            raise
        found = answer.get_child_value(0)
        items = (Item.unpack(found.get_child_value(index)) for index in range(found.n_children()))
        return {item.path: item for item in items}

    def settle(self):
        while self.pending:
            GLib.MainContext.default().iteration(True)

    def find_application(self, process):
        """The root of the program with that process id, or None."""
        try:
            for owner, path in self.call(*REGISTRY, ACCESSIBLE, 'GetChildren')[0]:
                found = self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                  'GetConnectionUnixProcessID', GLib.Variant('(s)', (owner,)))[0]
                if found == process:
                    return Node(self, owner, path)
        except GLib.Error:
            pass  # a program that has just gone
        return None


class Node:
    """One accessible: what was read of it, and what can be done with it now."""

    def __init__(self, bus, owner, path, parent=None):
        self.bus, self.owner, self.path, self.parent = bus, owner, path, parent
        self.depth = parent.depth + 1 if parent else 0
        self.role = self.name = ''
        self.states = 0
        self.children = []

    def __getattr__(self, name):
        if name in STATES:
            return bool(self.states >> STATES[name] & 1)
        raise AttributeError(name)

    def __str__(self):
        marks = [state for state in STATES if state not in ('sensitive', 'visible') and getattr(self, state)]
        marks += [] if self.sensitive else ['insensitive']
        return f'{self.role} {self.name!r} {" ".join(marks)}'.rstrip()

    # Reading

    def read(self):
        """Reads the tree from here downwards, without what is not visible."""
        self.children = []
        self.look_up(self.bus.summarize(self.owner))
        self.bus.settle()
        self.forget_gone()
        return self

    def look_up(self, summary):
        """Takes what the summary says; what is too new for it is asked by itself."""
        item = summary.get(self.path)
        if not item:
            self.ask_for_itself(summary)
            return
        self.take(item.name, item.role, item.states)
        if item.children or self.parent is None:
            self.ask_for_children(summary)

    def ask_for_itself(self, summary):
        answers = {}

        def hear(what, value):
            answers[what] = value
            if len(answers) == 3:
                low, high = answers['states']
                self.take(answers['name'], answers['role'], low | high << 32)
                self.ask_for_children(summary)

        ask = self.bus.ask
        ask(self.owner, self.path, PROPERTIES, 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Name')),
            lambda answer: hear('name', answer[0]))
        ask(self.owner, self.path, ACCESSIBLE, 'GetRole', None, lambda answer: hear('role', answer[0]))
        ask(self.owner, self.path, ACCESSIBLE, 'GetState', None, lambda answer: hear('states', answer[0]))

    def take(self, name, role, states):
        self.name, self.role, self.states = name, ROLES.get(role, f'role {role}'), states
        if not self.name and self.role in LABEL:
            # What newer GTKs read out as a text of its own, older ones also make its name.
            self.bus.ask(self.owner, self.path, TEXT, 'GetText', GLib.Variant('(ii)', (0, -1)), self.on_text)

    def on_text(self, answer):
        self.name = answer[0]

    def ask_for_children(self, summary):
        if (self.visible and self.role not in LEAVES) or self.parent is None:
            self.bus.ask(self.owner, self.path, ACCESSIBLE, 'GetChildren', None,
                         lambda answer: self.adopt(answer[0], summary))

    def adopt(self, children, summary):
        # A list view has hundreds of rows ready that nobody sees yet.
        below = children[:MOST_ROWS] if self.role in LIST else children
        self.children = [Node(self.bus, owner, path, self) for owner, path in below]
        for child in self.children:
            child.look_up(summary)

    def forget_gone(self):
        self.children = [child for child in self.children if child.role and child.visible]
        for child in self.children:
            child.forget_gone()
        if self.role in STATUS and not self.name:
            # Newer GTKs let no status be called anything; what stands in it is read out.
            self.name = '. '.join(self.words())

    def matches(self, roles, name):
        if roles is not None and self.role not in roles:
            return False
        if name is None:
            return True
        return self.name == name if isinstance(name, str) else bool(name.search(self.name))

    def below(self):
        for child in self.children:
            yield child
            yield from child.below()

    def above(self):
        node = self.parent
        while node:
            yield node
            node = node.parent

    def words(self):
        """What stands in it, from top to bottom."""
        return [node.name for node in self.below() if node.role in LABEL and node.name]

    def dump(self):
        """The tree as text, for the reader of a failed test; containers without a name are left out."""
        return '\n'.join('  ' * min(node.depth, 12) + str(node)
                         for node in self.below() if node.name or node.focusable)

    # Acting

    def call(self, interface, method, arguments=None):
        return self.bus.call(self.owner, self.path, f'org.a11y.atspi.{interface}', method, arguments)

    def actions(self):
        """Their names as they are in the protocol; GetActions has them in the words of the language."""
        try:
            count = self.bus.property(self.owner, self.path, 'org.a11y.atspi.Action', 'NActions')
            return [self.call('Action', 'GetName', GLib.Variant('(i)', (index,)))[0] for index in range(count)]
        except GLib.Error:
            return []  # it knows no actions at all

    def can_be_pressed(self):
        return any(action in PRESSES for action in self.actions())

    def press(self):
        actions = self.actions()
        self.do(next((action for action in PRESSES if action in actions), PRESSES[0]))

    def do(self, action):
        actions = self.actions()
        if action not in actions:
            raise AssertionError(f'{self} cannot {action}; it can {actions}')
        self.call('Action', 'DoAction', GLib.Variant('(i)', (actions.index(action),)))

    def text(self):
        """The contents of a field."""
        count = self.bus.property(self.owner, self.path, TEXT, 'CharacterCount')
        return self.call('Text', 'GetText', GLib.Variant('(ii)', (0, count)))[0]

    def fill(self, text):
        if not self.call('EditableText', 'SetTextContents', GLib.Variant('(s)', (text,)))[0]:
            raise AssertionError(f'{self} takes no text')

    def extents(self):
        """Its place in the window: x, y, width, height."""
        return self.call('Component', 'GetExtents', GLib.Variant('(u)', (WINDOW_COORDINATES,)))[0]
