"""Break the running portal on purpose and see that nothing is lost: `make drills`.

Each drill starts a portal of its own in a temporary folder, on a free port of this machine,
prints what it saw and ends with exit code 0 when the promise held.
"""
