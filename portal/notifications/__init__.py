"""Letters: what the portal writes to people, kept until it has arrived (편지, 보낼 편지함).

Owns the outbox (보낼 편지함): a letter (편지) is a row in the transaction of its cause, and the
worker delivers it. Knows addresses and templates, never features. May import core.
"""
