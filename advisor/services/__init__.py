"""What people can do, one verb a file."""
