"""Public pages of hearings, and the staff's pages of what citizens send in."""

from portal.hearings.views import opinion_desk, opinion_document, opinions

blueprints = (opinions.opinions, opinion_desk.opinion_desk, opinion_document.opinion_document)
