"""Tools for people who run or change the portal; the portal itself imports nothing of them."""
