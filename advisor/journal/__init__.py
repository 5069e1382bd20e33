"""Facts in the past tense, and everything that is folded from them; pure."""
