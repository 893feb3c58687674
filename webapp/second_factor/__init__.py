"""The second factor, asked for at each sign-in."""
