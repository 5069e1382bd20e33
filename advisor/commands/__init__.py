"""One module per command; `register` adds its parser and sets `run`, which returns the exit status."""
