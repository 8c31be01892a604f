"""Reads of hearings, a file for each thing; the name says who may see it."""
