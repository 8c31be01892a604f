"""Deeds on hearings, a file for each thing: each flushes, none commits."""
