"""What every feature stands on and no feature is known to.

Owns the clock, errors, transactions, signals, column types, filters, the page cache's front and
the ports that upper features fill. May import ``portal.extensions`` and ``portal.config`` only.
"""
