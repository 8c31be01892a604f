"""The blueprint of the counter: what somebody does about their own sign-up."""

from flask import Blueprint

sign_ups = Blueprint("sign_ups", __name__, url_prefix="/hearings")
