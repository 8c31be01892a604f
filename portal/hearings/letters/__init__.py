"""Letters about hearings, a file for each thing; ``emails.py`` makes their kinds known."""
