"""The journal and the accounts in SQL."""
