"""Structured logs: one JSON line an event, with the request's id and nothing personal."""

import logging
import sys

import structlog
from flask import Flask, has_request_context, request
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, WrappedLogger


def init_app(app: Flask) -> None:
    """Set the application's logs up."""
    level = logging.getLevelNamesMapping().get(str(app.config["LOG_LEVEL"]).upper(), logging.INFO)
    structlog.configure(
        processors=[
            _add_request_id,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _add_request_id(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Name the request a line belongs to."""
    if has_request_context():
        line["request_id"] = request.environ.get("portal.request_id", "-")
    return line
