# SPDX-License-Identifier: GPL-3.0-or-later
"""Displays to show the window on: X servers without a screen, of any size, with a window manager."""

import os
import pathlib
import subprocess
import tempfile
import time


def wait(predicate, what, timeout=10, interval=0.05):
    """Waits until a predicate is true, and returns what it returned."""
    end = time.monotonic() + timeout
    while True:
        result = predicate()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f'waited {timeout} s in vain: {what() if callable(what) else what}')
        time.sleep(interval)


def run(*command, display=None, timeout=30):
    """Runs a tool of X and returns what it says."""
    environment = dict(os.environ, DISPLAY=display) if display else None
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=environment,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise AssertionError(f'{" ".join(map(str, command))} failed: {done.stderr.strip()}')
    return done.stdout


class Tool:
    """A process that runs as long as its block does and says nothing."""

    def __init__(self, *command, display=None, environment=None, **options):
        environment = dict(os.environ, DISPLAY=display) if display else environment
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env=environment, **options)

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class WindowManager:
    """Without one no window gets the focus and none fills the screen."""

    def __init__(self, display=None):
        self.display = display or os.environ['DISPLAY']

    def __enter__(self):
        self.tool = Tool('openbox', '--sm-disable', display=self.display)
        wait(self.is_there, 'openbox')
        # A letter that is on no key is put on one for a moment, which programs notice too late to be sure of it.
        run('setxkbmap', '-layout', 'kz', display=self.display)
        return self

    def __exit__(self, *problem):
        self.tool.end()

    def is_there(self):
        return 'window id' in run('xprop', '-root', '_NET_SUPPORTING_WM_CHECK', display=self.display)


class Display:
    """An X server of its own with a window manager on it."""

    def __init__(self, width, height):
        self.size = f'{width}x{height}x24'
        self.name = None

    def __enter__(self):
        reading, writing = os.pipe()
        self.tool = Tool('Xvfb', '-displayfd', str(writing), '-screen', '0', self.size, '-nolisten', 'tcp',
                         '-noreset', pass_fds=[writing])
        os.close(writing)
        with open(reading, encoding='ascii') as pipe:
            number = pipe.readline().strip()
        if not number:
            self.tool.end()
            raise AssertionError(f'Xvfb did not start with {self.size}')
        self.name = f':{number}'
        try:
            self.manager = WindowManager(self.name).__enter__()
        except BaseException:
            self.tool.end()
            raise
        return self

    def __exit__(self, *problem):
        self.manager.__exit__(*problem)
        self.tool.end()

    def lead(self, environment):
        """Changes an environment so that a program opens its window here."""
        environment['DISPLAY'] = self.name

    def take(self, path):
        """What stands on it now, as a PNG."""
        run('import', '-window', 'root', str(path), display=self.name)


class Wayland:
    """A Wayland compositor without a screen: weston with its desktop shell. A program draws with a graphics card
    only where the compositor does."""

    def __init__(self, width, height, card=False):
        self.size = [f'--width={width}', f'--height={height}', '--use-gl' if card else '--use-pixman']

    def __enter__(self):
        self.runtime = tempfile.TemporaryDirectory(prefix='komek-weston.')
        self.socket = pathlib.Path(self.runtime.name) / 'wayland-komek'
        environment = {name: value for name, value in os.environ.items() if name != 'DISPLAY'}
        environment['XDG_RUNTIME_DIR'] = self.runtime.name
        self.tool = Tool('weston', '--backend=headless-backend.so', '--idle-time=0',
                         f'--socket={self.socket.name}', *self.size, environment=environment)
        wait(self.socket.exists, 'weston')
        return self

    def __exit__(self, *problem):
        self.tool.end()
        self.runtime.cleanup()

    def lead(self, environment):
        environment.pop('DISPLAY', None)
        environment.update(WAYLAND_DISPLAY=str(self.socket), GDK_BACKEND='wayland')
