"""One message to everybody in a room: framed once, and written at once to whoever can take it."""

from collections.abc import Mapping
from typing import Any

from engineio.packet import MESSAGE, Packet
from flask_socketio import SocketIO
from socketio.packet import EVENT

from advisor.web.packets import JsonPacket
from advisor.web.websocket import Websocket, frame_of

WEBSOCKET = "uitwijk_websocket"
"""The attribute of an engine.io socket that holds its websocket."""


def broadcast(socketio: SocketIO, room: str, event: str, document: Mapping[str, object]) -> None:
    """Send an event to everybody in a room.

    Waking a greenlet for each of a thousand clients costs more than everything else; a client whose queue is empty and
    whose connection takes the whole message is served right here. For the others it goes the usual way, in order.
    """
    server = socketio.server
    packet = Packet(MESSAGE, JsonPacket(EVENT, data=[event, document], namespace="/").encode())
    frame = frame_of(packet.encode())
    for _, connection in list(server.manager.get_participants("/", room)):
        socket = server.eio.sockets.get(connection)
        if not _sent_at_once(socket, frame):
            server._send_eio_packet(connection, packet)  # noqa: SLF001 # as its own broadcast does


def _sent_at_once(socket: Any, frame: bytes) -> bool:
    websocket: Websocket | None = getattr(socket, WEBSOCKET, None)
    return websocket is not None and socket.queue.qsize() == 0 and not socket.closing and websocket.send_at_once(frame)
