"""One file a login method."""
