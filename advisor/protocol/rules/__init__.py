"""The rules: a module per heading, a function per rule; `catalogue` puts them in order."""
