"""What stands in front of Flask: a chain of small WSGI layers.

From outside: proxies believed only when told, host check, request id with log and metrics,
gate (method, address, size), static files, language, page cache, Flask. ``chain.wrap`` builds it.
A page that is in the cache never reaches Flask. May import ``portal.core`` and libraries only.
"""
