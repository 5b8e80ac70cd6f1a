#!/usr/bin/env python3
"""A registry far away: each answer comes late, and of more than so many requests a second the rest is refused with 429.

    distant.py PORT MILLISECONDS PER_SECOND FOLDER      0 a second: as many as come; what FOLDER has not is a constant
"""

import asyncio
import os
import sys

if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from servers import ORIGIN, started


class Distant:
    """The server as a process of its own."""

    def __init__(self, bed, port, milliseconds, per_second=0, folder="/nonexistent"):
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, os.path.abspath(__file__), str(port), str(milliseconds), str(per_second), folder]
        self.process = started(command, port, f"{bed.work}/distant.log")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Bucket:
    """Fills with so many requests a second, and holds those of a tenth of a second."""

    def __init__(self, loop, per_second):
        self.loop, self.per_second = loop, per_second
        self.held, self.at = per_second / 10, loop.time()

    def takes(self):
        if self.per_second == 0:
            return True
        now = self.loop.time()
        self.held = min(self.per_second / 10, self.held + (now - self.at) * self.per_second)
        self.at = now
        if self.held < 1:
            return False
        self.held -= 1
        return True


class Connection(asyncio.Protocol):
    """Requests one after another, as HTTP/1.1 has them without pipelining."""

    def __init__(self, loop, bucket, seconds, folder):
        self.loop, self.bucket, self.seconds, self.folder = loop, bucket, seconds, folder
        self.asked = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.asked += data
        if b"\r\n\r\n" not in self.asked:
            return
        path = self.asked.split(b" ", 2)[1].decode()
        self.asked = b""
        answer = self.answer(path) if self.bucket.takes() else message("429 Too Many Requests", b"")
        self.loop.call_later(self.seconds, self.send, answer)

    def send(self, answer):
        if not self.transport.is_closing():
            self.transport.write(answer)

    def answer(self, path):
        file = self.folder + path
        if os.path.isfile(file):
            with open(file, "rb") as content:
                return message("200 OK", content.read())
        return message("200 OK", ORIGIN.encode()) if path.endswith("/@latest") else message("404 Not Found", b"")


def message(status, body):
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nContent-Type: text/plain\r\n\r\n".encode() + body


async def serve(port, milliseconds, per_second, folder):
    loop = asyncio.get_running_loop()
    bucket = Bucket(loop, per_second)
    server = await loop.create_server(
        lambda: Connection(loop, bucket, milliseconds / 1000, folder), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(*map(int, sys.argv[1:4]), sys.argv[4]))
