"""Every emergency department of the Netherlands: where it is, what it can do, who answers; pure."""
