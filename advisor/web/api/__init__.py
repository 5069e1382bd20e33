"""The HTTP interface under `/api/v1`, a module per resource."""
