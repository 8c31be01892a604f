"""The staff’s pages and desks of hearings."""
