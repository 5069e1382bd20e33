"""Tables and indicators from the journal."""
