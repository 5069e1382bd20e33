"""Status and road information from and to other systems."""
