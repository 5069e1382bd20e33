"""Puts the program together: the only place that knows every part, one module for each thing that is put together."""
