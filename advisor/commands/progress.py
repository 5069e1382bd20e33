"""How far long work is, as a bar on standard error."""

from typing import Any


class Progress:
    """A bar on standard error for long work, as `Report` of the bootstrap; nothing is shown for quick work."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show how far the work is."""
        if self._bar is None:
            from rich.console import Console  # noqa: PLC0415 - needed on the first start alone
            from rich.progress import Progress as Bar  # noqa: PLC0415

            self._bar = Bar(console=Console(stderr=True))
            self._bar.start()
        if label not in self._tasks:
            self._tasks[label] = self._bar.add_task(label, total=total)
        self._bar.update(self._tasks[label], completed=done, total=total)

    def close(self) -> None:
        """Leave the last state on the screen."""
        if self._bar is not None:
            self._bar.stop()
