"""The endings of words, worked out from a dictionary (`make endings`); no part of what is delivered."""
