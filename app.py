"""The server: settings, then everything put together as `app` and `socketio`; `python app.py` serves it."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402 - whatever is imported before the patch keeps blocking the event loop
import sys  # noqa: E402

from advisor.bootstrap.server import make_server  # noqa: E402
from advisor.commands.progress import Progress  # noqa: E402
from advisor.commands.serving import serve, stop_with_worker  # noqa: E402
from advisor.kernel import AdvisorError, InvalidInput  # noqa: E402
from advisor.settings import read_server_settings  # noqa: E402
from advisor.web.logs import set_up_logging  # noqa: E402

progress = Progress()
try:
    settings = read_server_settings(os.environ)
    set_up_logging(settings.log_level, settings.log_format)
    server = make_server(settings, progress)
except InvalidInput as error:
    sys.exit("Uitwijk cannot start:\n" + "\n".join(f"  {problem}" for problem in error.problems))
except AdvisorError as error:
    sys.exit(f"Uitwijk cannot start: {error}")
finally:
    progress.close()

app, socketio = server.app, server.socketio
server.start()

if __name__ == "__main__":
    serve(server, settings)
else:
    stop_with_worker(server)
