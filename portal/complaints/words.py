"""What pages call kinds of complaints and the reasons of their clock, in the page's language."""

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.complaints.rules.clock import ExtensionRefusal
from portal.complaints.rules.counts import Moved, Reason, Step
from portal.complaints.rules.pauses import Pause
from portal.complaints.rules.periods import Basis, ComplaintKind, Unit
from portal.core.i18n import page_language, write_day

KINDS: dict[ComplaintKind, LazyString] = {
    ComplaintKind.LAW_QUESTION: _l("Question about a law or ordinance"),
    ComplaintKind.PROCEDURE_QUESTION: _l("Question about a procedure or service"),
    ComplaintKind.SUGGESTION: _l("Suggestion"),
    ComplaintKind.GRIEVANCE: _l("Grievance: something was done wrong or not at all"),
    ComplaintKind.OTHER: _l("Something simple that can be settled at once"),
}
BASES: dict[Basis, LazyString] = {
    Basis.LAW: _l("Set by law"),
    Basis.PRACTICE: _l("The council’s own practice"),
}
REASONS: dict[Reason, LazyString] = {
    Reason.SATURDAY: _l("Saturday"),
    Reason.SUNDAY: _l("Sunday"),
    Reason.HOLIDAY: _l("Public holiday"),
    Reason.CORRECTION: _l("Waiting for what the council asked you to add"),
    Reason.REPRESENTATIVES: _l("Waiting for your group to name who speaks for it"),
    Reason.HEARING: _l("Hearing the people concerned"),
    Reason.ADVICE: _l("Experts are looking at it"),
    Reason.SURVEY: _l("Survey on site"),
    Reason.OFFICE_CLOSED: _l("The office was already closed"),
    Reason.SURVEY_TOO_LONG: _l("The survey takes longer than the law leaves out"),
}
REFUSALS: dict[ExtensionRefusal, LazyString] = {
    ExtensionRefusal.ENDED: _l("The case has ended, so its deadline stays as it is."),
    ExtensionRefusal.TOO_LATE: _l("The deadline has passed. It can be extended before that only."),
    ExtensionRefusal.TOO_LONG: _l("Choose at least 1, and no more than the period itself."),
    ExtensionRefusal.NEEDS_CONSENT: _l(
        "It was extended once. Ask the person first: a second time needs their consent."
    ),
    ExtensionRefusal.NO_MORE: _l("It was extended twice. The law allows no third time."),
}


def kind_label(kind: ComplaintKind) -> str:
    """Return the words for a kind of complaint."""
    return str(KINDS[kind])


def basis_label(basis: Basis) -> str:
    """Return whether a law sets a period, or the council's practice."""
    return str(BASES[basis])


def pause_label(pause: Pause) -> str:
    """Return what the clock stands still for."""
    return str(REASONS[Reason(pause.value)])


def refusal_label(refusal: ExtensionRefusal) -> str:
    """Return why a deadline can't be extended, for the officer."""
    return str(REFUSALS[refusal])


def length_label(amount: int, unit: Unit) -> str:
    """Return a length of time at work: ``7 working days``."""
    if unit is Unit.HOURS:
        return str(ngettext("%(num)s working hour", "%(num)s working hours", amount))
    return str(ngettext("%(num)s working day", "%(num)s working days", amount))


def minutes_label(minutes: int) -> str:
    """Return a time at work: ``2 h 20 min``, ``3 h``, ``40 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return str(_("%(minutes)s min", minutes=rest))
    if not rest:
        return str(_("%(hours)s h", hours=hours))
    return str(_("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))


def reason_label(step: Step) -> str:
    """Return why a day is not counted, or counted again; empty for a plain day."""
    if step.reason is None:
        return ""
    return step.holiday or str(REASONS[step.reason])


def step_label(step: Step, total: int) -> str:
    """Return what a day means for a counting, in one sentence without its end.

    :param total: of the whole counting, in days
    """
    reason = reason_label(step)
    if not step.counts:
        return str(_("Not counted: %(reason)s", reason=reason))
    if step.number is None:
        words = {
            "time": minutes_label(step.minutes),
            "sum": minutes_label(step.minutes_in_all),
        }
        counted = str(_("%(time)s counted, %(sum)s so far", **words))
        return f"{counted} ({reason})" if reason else counted
    counted = str(_("Day %(number)s of %(total)s", number=step.number, total=total))
    return f"{counted} ({reason})" if reason else counted


def moved_label(moved: Moved) -> str:
    """Return that days off moved a deadline, from when to when, and which days they are."""
    language = page_language()
    words = {
        "old": write_day(moved.old_due_at.astimezone(moved.new_due_at.tzinfo).date(), language),
        "new": write_day(moved.new_due_at.date(), language),
        "days": ", ".join(
            f"{write_day(day, language)} {name}"
            for day, name in (moved.added | moved.removed).items()
        ),
    }
    if moved.removed and not moved.added:
        return str(
            _(
                "The deadline moved from %(old)s to %(new)s. Not days off after all: %(days)s.",
                **words,
            )
        )
    return str(_("The deadline moved from %(old)s to %(new)s. New days off: %(days)s.", **words))
