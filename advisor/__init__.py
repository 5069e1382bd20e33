"""Uitwijk: which emergency department do I drive to?"""

__version__ = "0.1.0"
