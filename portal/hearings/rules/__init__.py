"""Rules of hearings, a file for each: kinds, sign-ups, opinions, applications."""
