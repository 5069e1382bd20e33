"""The peer: a bare `websockets` server on uvloop that sends everybody what one of them sends."""

import asyncio
import sys
from contextlib import suppress

import uvloop
from websockets import ConnectionClosed
from websockets.asyncio.server import ServerConnection, broadcast, serve

CLIENTS: set[ServerConnection] = set()


async def keep(connection: ServerConnection) -> None:
    """Keep a client, and pass on what it sends."""
    CLIENTS.add(connection)
    try:
        with suppress(ConnectionClosed):
            async for message in connection:
                broadcast(CLIENTS, message)
    finally:
        CLIENTS.discard(connection)


async def main() -> None:
    """Serve on a free port, which is printed."""
    async with serve(keep, "127.0.0.1", 0, compression=None, ping_interval=None, max_size=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    sys.exit(uvloop.run(main()))
