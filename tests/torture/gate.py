"""A TCP gate in front of a server: what the network may do to a connection, on demand."""

import asyncio
import threading

CHUNK = 64 * 1024
COMMIT = b"pulse_commit\0"  # the prepared statement whose Bind message asks PostgreSQL to commit


class Weather:
    """The one thread in which all gates work. Other threads only ask."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="gates", daemon=True)
        self.thread.start()

    def ask(self, function, *arguments):
        """Runs a function, or a coroutine function, in the gates' thread and answers what it answers."""
        async def run():
            answer = function(*arguments)
            return await answer if asyncio.iscoroutine(answer) else answer
        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(30)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)


class Link:
    """One connection through the gate: the client's end and the server's."""

    def __init__(self, client: asyncio.StreamWriter, server: asyncio.StreamWriter):
        self.client, self.server = client, server
        self.loses_reply = False   # the next bytes of the server end the connection instead of arriving
        self.left: int | None = None  # bytes that the client may still send before it is cut
        self.is_dead = False  # something of the server was lost: nothing of it may come after that, and nobody is told

    def abort(self) -> None:
        for end in (self.client, self.server):
            end.transport.abort()

    def close(self) -> None:
        for end in (self.client, self.server):
            end.close()


class Gate:
    """Listens on a port of its own and passes on to `target`: a port of this machine, or the path of a unix socket."""

    def __init__(self, weather: Weather, target: int | str):
        self.weather, self.target = weather, target
        self.links: set[Link] = set()
        self.delay_s = 0.0         # before every piece, both ways
        self.trickles = False      # what the server says arrives one byte a second
        self.refuses = False       # new connections end at once
        self.swallows = False      # what the server says is lost; a connection that lost something says nothing any more
        self.commits_to_drop = 0   # COMMITs that never reach the server: their connection ends
        self.commits_to_lose = 0   # COMMITs that reach the server and whose answer is lost with the connection
        self.cuts: list[int] = []  # of the next connections: after so many bytes of the client they end
        self.open_way = None
        self.port = weather.ask(self._listen)

    # --- what may be asked, from any thread

    def cut(self) -> None:
        """Every connection ends at once."""
        self.weather.ask(lambda: [link.abort() for link in list(self.links)])

    def hold(self, held: bool) -> None:
        """Nothing passes while it is held; what came meanwhile passes then, late."""
        self.weather.ask(self.open_way.clear if held else self.open_way.set)

    def clear(self) -> None:
        """Fair weather again."""
        self.delay_s, self.trickles, self.refuses, self.swallows = 0.0, False, False, False
        self.commits_to_drop, self.commits_to_lose, self.cuts = 0, 0, []
        self.hold(False)

    # --- in the gates' thread

    async def _listen(self) -> int:
        self.open_way = asyncio.Event()
        self.open_way.set()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuses:
            writer.transport.abort()
            return
        try:
            if isinstance(self.target, int):
                from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
            else:
                from_server, to_server = await asyncio.open_unix_connection(self.target)
        except OSError:
            writer.transport.abort()
            return
        link = Link(writer, to_server)
        if self.cuts:
            link.left = self.cuts.pop()
        self.links.add(link)
        try:
            await asyncio.gather(self._to_server(link, reader), self._to_client(link, from_server))
        finally:
            self.links.discard(link)
            link.close()

    async def _to_server(self, link: Link, reader: asyncio.StreamReader) -> None:
        try:
            while data := await reader.read(CHUNK):
                await self._pause()
                if link.left is not None:
                    data, link.left = data[:link.left], link.left - len(data[:link.left])
                if self.commits_to_drop > 0 and COMMIT in data:
                    self.commits_to_drop -= 1
                    return link.abort()
                if self.commits_to_lose > 0 and COMMIT in data:
                    self.commits_to_lose -= 1
                    link.loses_reply = True
                link.server.write(data)
                await link.server.drain()
                if link.left == 0:
                    return link.abort()
        except OSError:
            pass
        link.server.close()

    async def _to_client(self, link: Link, reader: asyncio.StreamReader) -> None:
        try:
            while data := await reader.read(CHUNK):
                await self._pause()
                if link.loses_reply:
                    return link.abort()
                link.is_dead = link.is_dead or self.swallows
                if link.is_dead:
                    continue
                if self.trickles:
                    await self._trickle(link, data)
                else:
                    link.client.write(data)
                    await link.client.drain()
        except OSError:
            pass
        link.client.close()

    async def _pause(self) -> None:
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        await self.open_way.wait()

    async def _trickle(self, link: Link, data: bytes) -> None:
        for at in range(len(data)):
            if link.client.is_closing() or not self.trickles:
                link.client.write(data[at:])
                return await link.client.drain()
            link.client.write(data[at:at + 1])
            await link.client.drain()
            await asyncio.sleep(1)
