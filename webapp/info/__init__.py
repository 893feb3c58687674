"""Pages that anyone may read, signed in or not: whom to ask, and how the portal treats people and their data."""
