"""What holds for the site as a whole, whatever its features are."""
