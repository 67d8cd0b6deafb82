# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen that can be touched: an X server whose fingers are ours, through the input driver that it is tested with."""

import contextlib
import pathlib
import shutil
import socket
import struct
import tempfile
import time

import os

from display import Tool, WindowManager, run, wait

SERVERS = ('/usr/lib/xorg/Xorg', '/usr/bin/Xorg')
DRIVERS = pathlib.Path('/usr/lib/xorg/modules')
NEEDED = ('input/inputtest_drv.so', 'drivers/dummy_drv.so')

CONFIGURATION = '''
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-200
  Modeline "screen" {clock} {width} {h1} {h2} {h3} {height} {v1} {v2} {v3}
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "screen"
    Virtual {width} {height}
  EndSubSection
EndSection
Section "InputDevice"
  Identifier "pointer"
  Driver "inputtest"
  Option "SocketPath" "{folder}/pointer"
  Option "DeviceType" "PointerAbsolute"
EndSection
Section "InputDevice"
  Identifier "keyboard"
  Driver "inputtest"
  Option "SocketPath" "{folder}/keyboard"
  Option "DeviceType" "Keyboard"
EndSection
Section "InputDevice"
  Identifier "touch"
  Driver "inputtest"
  Option "SocketPath" "{folder}/touch"
  Option "DeviceType" "Touch"
  Option "TouchCount" "5"
EndSection
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "pointer" "CorePointer"
  InputDevice "keyboard" "CoreKeyboard"
  InputDevice "touch" "SendCoreEvents"
EndSection
'''

# xf86-input-inputtest-protocol.h, version 1.1, as it lies in memory on 64-bit machines.
CLIENT_VERSION, WAIT_FOR_SYNC, TOUCH = 0, 1, 6
BEGIN, UPDATE, END = 18, 19, 20  # XI2.h
AXES = 65535
EVENT = struct.Struct('<IIII' + 'I8s4x64d64d')
FRAME = 1 / 90  # of a finger that moves: a touch screen tells about as often where it is


class NoTouch(Exception):
    """Why this machine has no screen that can be touched."""


def find_server():
    for name in NEEDED:
        if not (DRIVERS / name).exists():
            raise NoTouch(f'{DRIVERS / name} is not installed')
    server = next((path for path in SERVERS if os.access(path, os.X_OK)), None) or shutil.which('Xorg')
    if not server:
        raise NoTouch('Xorg is not installed')
    return server


class Fingers:
    """Fingers on the screen. One connection in the life of a server: a second one would wait for ever."""

    def __init__(self, path, width, height):
        self.width, self.height = width, height
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        self.socket.connect(str(path))
        self.socket.sendall(struct.pack('<IIHH', 12, CLIENT_VERSION, 1, 1))
        self.receive()

    def receive(self):
        length, = struct.unpack('<I', self.socket.recv(4, socket.MSG_WAITALL))
        return self.socket.recv(length - 4, socket.MSG_WAITALL)

    def send(self, finger, kind, x, y):
        values = [x * AXES / (self.width - 1), y * AXES / (self.height - 1)] + [0] * 62
        self.socket.sendall(EVENT.pack(EVENT.size, TOUCH, finger, kind, 0, bytes([3] + [0] * 7), *values, *[0] * 64))
        time.sleep(0.003)

    def settle(self):
        """Waits until the server has seen all of it."""
        self.socket.sendall(struct.pack('<II', 8, WAIT_FOR_SYNC))
        self.receive()

    def tap(self, x, y, hold=0.05):
        self.send(0, BEGIN, x, y)
        time.sleep(hold)
        self.send(0, END, x, y)
        self.settle()

    def double_tap(self, x, y):
        self.tap(x, y)
        time.sleep(0.08)
        self.tap(x, y)

    def move(self, *ways, seconds=0.5, rest=0.3):
        """Each finger goes its way, from (x, y) to (x, y), all at once; then they rest and leave the screen."""
        steps = max(2, round(seconds / FRAME))
        for finger, ((x, y), _) in enumerate(ways):
            self.send(finger, BEGIN, x, y)
        for step in range(1, steps + 1):
            began = time.monotonic()
            for finger, ((x1, y1), (x2, y2)) in enumerate(ways):
                share = step / steps
                self.send(finger, UPDATE, x1 + (x2 - x1) * share, y1 + (y2 - y1) * share)
            time.sleep(max(0, FRAME - (time.monotonic() - began)))
        # Who lifts a finger at full speed throws what it held. The server counts from when it hears of it.
        self.settle()
        time.sleep(rest)
        for finger, (_, (x, y)) in enumerate(ways):
            self.send(finger, END, x, y)
        self.settle()

    def pinch(self, x, y, before, after, seconds=0.5):
        """Two fingers, side by side round a point, that far from it before and after."""
        self.move(((x - before, y), (x - after, y)), ((x + before, y), (x + after, y)), seconds=seconds)

    def close(self):
        self.socket.close()


class Touchscreen:
    """An X server of its own that is touched by Fingers, with a window manager on it."""

    def __init__(self, width, height):
        self.width, self.height = width, height

    def configure(self):
        width, height = self.width, self.height
        text = CONFIGURATION.format(
            folder=self.folder, width=width, height=height, clock=round((width + 200) * (height + 60) * 60 / 1e6, 2),
            h1=width + 48, h2=width + 120, h3=width + 200, v1=height + 3, v2=height + 8, v3=height + 60)
        (self.folder / 'xorg.conf').write_text(text, encoding='utf-8')

    def start(self):
        server = find_server()
        self.configure()
        reading, writing = os.pipe()
        # Only root may name a configuration by a whole path.
        self.tool = Tool(server, '-displayfd', str(writing), '-config', 'xorg.conf', '-logfile', 'xorg.log',
                         '-noreset', '-nolisten', 'tcp', '-novtswitch', '-sharevts', 'vt7', cwd=self.folder,
                         pass_fds=[writing])
        self.stack.callback(self.tool.end)
        os.close(writing)
        with open(reading, encoding='ascii') as pipe:
            number = pipe.readline().strip()
        if not number:
            raise NoTouch(f'Xorg did not start:\n{self.read_log()}')
        self.name = f':{number}'

    def read_log(self):
        log = self.folder / 'xorg.log'
        return log.read_text(encoding='utf-8', errors='replace')[-1500:] if log.exists() else '(it wrote no log)'

    def __enter__(self):
        self.stack = contextlib.ExitStack()
        with self.stack:
            self.folder = pathlib.Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix='komek-touch.')))
            self.start()
            wait((self.folder / 'touch').exists, 'the socket of the fingers')
            self.stack.enter_context(WindowManager(self.name))
            self.fingers = Fingers(self.folder / 'touch', self.width, self.height)
            self.stack.callback(self.fingers.close)
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *problem):
        self.stack.close()

    def lead(self, environment):
        environment['DISPLAY'] = self.name

    def take(self, path):
        """What stands on it now, as a PNG."""
        run('import', '-window', 'root', str(path), display=self.name)
