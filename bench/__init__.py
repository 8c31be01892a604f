"""Measures what a page costs the server, against bare applications on the same server.

``make bench`` or ``python -m bench`` starts the portal twice (with and without page cache) and two
bare applications that send the same bodies, all under the web server's own settings, loads each
with wrk in turn, and prints CPU time per request and the ratios of design, section 7.
"""
