"""Rules of complaints, a file for each: periods, what stops the clock, counting."""
