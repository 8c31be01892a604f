"""Public pages of hearings."""
