"""What start.py does, in the standard library alone: install, prepare, run, test.

It may import nothing of the portal: it runs before the packages of the portal are installed.
"""
