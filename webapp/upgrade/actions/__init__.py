"""What a person can do about the upgrade: order the code, redeem it, put it off, close."""
