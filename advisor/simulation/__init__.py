"""The seeded region: demonstration, evaluation, load."""
