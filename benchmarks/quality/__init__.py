"""How right Referat is, and how fast, on questions whose answers are known."""
