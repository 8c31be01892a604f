"""What stands in front of Flask: a chain of small WSGI layers.

From outside: proxies believed only when told, host check, request id with log and metrics,
gate (method, address, size), static files, language, page cache, Flask. ``chain.wrap`` builds it.
A kept page never gets past the journal, which finds it by its whole address.
May import ``portal.core`` and libraries only.
"""
