"""A server with nothing but our Socket.IO set-up, that sends a lot on demand; run by `test_realtime`."""

from gevent import monkey

monkey.patch_all()

import socket  # noqa: E402
import sys  # noqa: E402

from flask import Flask, request  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402

from advisor.web import realtime, websocket  # noqa: E402
from advisor.web.broadcast import broadcast  # noqa: E402


def main(send_limit_s: float) -> None:
    """Serve on a free port, which is printed, until killed."""
    websocket.SEND_LIMIT_S = send_limit_s
    app = Flask(__name__)
    socketio = realtime.create_socketio(app, ())
    gone: list[str] = []

    @socketio.on("flood")
    def flood(count: int, size: int) -> None:
        for number in range(count):
            socketio.emit("drop", {"number": number, "text": "x" * size}, to=request.sid)

    @socketio.on("flood:all")
    def flood_all(count: int, size: int) -> None:
        for number in range(count):
            broadcast(socketio, request.sid, "drop", {"number": number, "text": "x" * size})

    @socketio.on("echo")
    def echo(value: object) -> object:
        return value

    @socketio.on("disconnect")
    def note(*_: object) -> None:
        gone.append(request.sid)

    @app.get("/gone")
    def show_gone() -> str:
        return str(len(gone))

    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    WSGIServer(listener, app, log=None).serve_forever()


if __name__ == "__main__":
    main(float(sys.argv[1]))
