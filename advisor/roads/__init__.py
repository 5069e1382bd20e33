"""Seconds from here to every emergency department, over a road network."""
