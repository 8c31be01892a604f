"""What tests share: page checks, a client that applies them, prepared applications."""
