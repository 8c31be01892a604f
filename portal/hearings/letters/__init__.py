"""Letters of hearings, a file for each thing; none repeats what a citizen wrote."""
