"""The blueprint of the public pages of bills and ordinances."""

from flask import Blueprint

legislation = Blueprint("legislation", __name__)
