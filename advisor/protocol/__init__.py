"""What the stop protocol says about one patient and one emergency department; pure."""
