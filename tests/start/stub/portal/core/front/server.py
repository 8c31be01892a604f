"""The stand-in needs no error pages of its own."""

from gunicorn.workers.gthread import ThreadWorker as PortalWorker

__all__ = ["PortalWorker"]
