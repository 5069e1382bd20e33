"""The rules as decision tables, for a device that cannot ask: compiled by tracing the rule engine itself."""
