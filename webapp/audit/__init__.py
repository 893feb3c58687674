"""What happened, written down so that nobody can take it back: chained, keyed, and anchored outside the database."""
