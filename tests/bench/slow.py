# SPDX-License-Identifier: GPL-3.0-or-later
"""A slow line: what goes through it shares a rate and comes late."""

import asyncio
import threading

CHUNK = 1460


class Direction:
    """One way of the line. All connections share its rate."""

    def __init__(self, rate, delay):
        self.rate = rate
        self.delay = delay
        self.free = 0

    async def carry(self, reader, writer):
        loop = asyncio.get_running_loop()
        queue = asyncio.Queue()
        deliverer = asyncio.create_task(self.deliver(queue, writer))
        try:
            while data := await reader.read(CHUNK):
                self.free = max(self.free, loop.time()) + len(data) / self.rate
                queue.put_nowait((self.free + self.delay, data))
                await asyncio.sleep(max(0, self.free - loop.time()))
        except ConnectionError:
            pass
        queue.put_nowait((loop.time() + self.delay, None))
        await deliverer

    async def deliver(self, queue, writer):
        loop = asyncio.get_running_loop()
        try:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0, due - loop.time()))
                if data is None:
                    break
                writer.write(data)
                await writer.drain()
            writer.write_eof()
        except (ConnectionError, OSError):
            pass


class SlowLine:
    """Stands before a server at a port of its own, until it is closed. @rate in bytes a second, @round_trip in s."""

    def __init__(self, upstream, rate, round_trip):
        self.upstream = upstream
        self.up = Direction(rate, round_trip / 2)
        self.down = Direction(rate, round_trip / 2)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=asyncio.run, args=[self.run()], daemon=True)
        self.thread.start()
        self.ready.wait()

    async def run(self):
        """What is still on its way when it is closed goes nowhere."""
        self.loop = asyncio.get_running_loop()
        self.closed = asyncio.Event()
        server = await asyncio.start_server(self.serve, '127.0.0.1', 0)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        await self.closed.wait()

    async def serve(self, reader, writer):
        try:
            there, back = await asyncio.open_connection('127.0.0.1', self.upstream)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self.up.carry(reader, back), self.down.carry(there, writer))
        back.close()
        writer.close()

    def close(self):
        self.loop.call_soon_threadsafe(self.closed.set)
        self.thread.join()
