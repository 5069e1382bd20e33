"""Many bare websocket clients in one process: `python -m bench.line_clients PORT COUNT`, driven line by line.

Standard input holds the session tokens as JSON (an empty list for the bare server), then `marks`: each is answered with
the moment (monotonic clock of the machine, seconds) at which the last client had received its newest change, how many
have, and how many messages came in all. The clients do as little as they can, so that the server is what is measured.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence

import uvloop

from bench.line_client import Client

AT_ONCE = 8
"""How many connect at the same time."""


async def main(port: int, count: int) -> None:
    """Connect, say so, and answer marks until the end of input."""
    loop = asyncio.get_running_loop()
    tokens: list[str] = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    clients: list[Client] = []
    began = time.monotonic()

    async def connect(numbers: Sequence[int]) -> None:
        for number in numbers:
            token = tokens[number] if tokens else None
            _, client = await loop.create_connection(lambda token=token: Client(port, token), "127.0.0.1", port)
            await asyncio.wait_for(client.welcomed, 60)
            clients.append(client)

    await asyncio.gather(*(connect(range(first, count, AT_ONCE)) for first in range(AT_ONCE)))
    print(json.dumps({"connected": len(clients), "took_s": time.monotonic() - began}), flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        newest = [client.deltas[-1] for client in clients if client.deltas]
        told = {
            "last": max(newest, default=0.0),
            "fewest": min(len(client.deltas) for client in clients),
            "most": max(len(client.deltas) for client in clients),
            "lost": sum(client.lost for client in clients),
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
