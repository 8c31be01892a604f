"""The table of settings: name, kind, default, unit and meaning. ``config`` reads them.

The table in README.md is tested against this file.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting: what the environment calls it and what the application calls it.

    :ivar key: the key in ``app.config``
    :ivar kind: ``text``, ``number``, ``yes/no`` or ``list`` (separated by commas)
    :ivar unit: unit of a number, empty where there is none
    """

    name: str
    key: str
    kind: str
    default: str
    unit: str
    meaning: str


SETTINGS = (
    Setting("HOST", "HOST", "text", "127.0.0.1", "", "Address the web server listens on"),
    Setting("PORT", "PORT", "number", "8000", "", "Port the web server listens on"),
    Setting(
        "PORTAL_INSTANCE_DIR",
        "INSTANCE_DIR",
        "text",
        "instance",
        "",
        "Folder for the database, keys and everything else the portal writes",
    ),
    Setting(
        "PORTAL_DATABASE_URL",
        "DATABASE_URL",
        "text",
        "",
        "",
        "SQLAlchemy address of the database; empty: SQLite in the instance folder",
    ),
    Setting(
        "PORTAL_QUEUE_URL",
        "QUEUE_URL",
        "text",
        "",
        "",
        "Job queue: redis:// or postgresql://; empty: SQLite in the instance folder",
    ),
    Setting(
        "PORTAL_SEARCH_ENGINE",
        "SEARCH_ENGINE",
        "text",
        "whoosh",
        "",
        "whoosh (to 5,000 documents), tantivy (to 100,000), or postgresql (several machines)",
    ),
    Setting(
        "PORTAL_DATA_DIR",
        "DATA_DIR",
        "text",
        "data",
        "",
        "Folder of the published data that is imported at the start",
    ),
    Setting(
        "PORTAL_CLOCK",
        "CLOCK",
        "text",
        "dataset",
        "",
        "dataset: the site stands on the day of its data; real: on today",
    ),
    Setting("PORTAL_TIME_ZONE", "TIME_ZONE", "text", "Asia/Seoul", "", "Time zone of the council"),
    Setting(
        "PORTAL_SITE_URL",
        "SITE_URL",
        "text",
        "",
        "",
        "Public address of the site; empty: http, HOST and PORT",
    ),
    Setting(
        "PORTAL_TRUSTED_HOSTS",
        "TRUSTED_HOSTS",
        "list",
        "",
        "",
        "Further host names the site answers to, beside those of HOST, PORTAL_SITE_URL "
        "and this machine",
    ),
    Setting(
        "PORTAL_PROXIES",
        "PROXIES",
        "number",
        "0",
        "proxies",
        "Trusted proxies in front; their X-Forwarded headers are believed",
    ),
    Setting(
        "PORTAL_HTTPS",
        "HTTPS",
        "yes/no",
        "no",
        "",
        "The public address is https: HSTS and Secure cookies are sent; always so when "
        "PORTAL_SITE_URL begins with https",
    ),
    Setting("PORTAL_WORKERS", "WORKERS", "number", "2", "processes", "Web server processes"),
    Setting("PORTAL_THREADS", "THREADS", "number", "4", "threads", "Threads of each process"),
    Setting(
        "PORTAL_PAGE_CACHE_BYTES",
        "PAGE_CACHE_BYTES",
        "number",
        "67108864",
        "bytes",
        "Room for whole pages in each process; 0 turns the cache off",
    ),
    Setting(
        "PORTAL_REDIS_URL",
        "REDIS_URL",
        "text",
        "",
        "",
        "Redis shared by several web nodes as second page cache; empty: none",
    ),
    Setting(
        "PORTAL_METRICS_TOKEN",
        "METRICS_TOKEN",
        "text",
        "",
        "",
        "Bearer token for /metrics; empty: only this machine may read it",
    ),
    Setting(
        "PORTAL_MAX_BODY_BYTES",
        "MAX_BODY_BYTES",
        "number",
        "1048576",
        "bytes",
        "Largest request body",
    ),
    Setting(
        "PORTAL_SMTP_HOST",
        "SMTP_HOST",
        "text",
        "",
        "",
        "Mail server; empty: letters become files under instance/mail (not with PORTAL_CLOCK=real)",
    ),
    Setting("PORTAL_SMTP_PORT", "SMTP_PORT", "number", "587", "", "Port of the mail server"),
    Setting("PORTAL_SMTP_USER", "SMTP_USER", "text", "", "", "Account there; empty: none"),
    Setting("PORTAL_SMTP_PASSWORD", "SMTP_PASSWORD", "text", "", "", "Password of that account"),
    Setting(
        "PORTAL_SMTP_TLS",
        "SMTP_TLS",
        "text",
        "starttls",
        "",
        "Encryption to the mail server: none, starttls or tls; its certificate is checked",
    ),
    Setting(
        "PORTAL_SMTP_TIMEOUT",
        "SMTP_TIMEOUT",
        "number",
        "20",
        "seconds",
        "Longest wait for one answer of the mail server; a letter whose worker was killed goes out "
        "again after 30 times as long",
    ),
    Setting(
        "PORTAL_MAIL_SENDER",
        "MAIL_SENDER",
        "text",
        "",
        "",
        "Address letters come from; empty: noreply at the host of PORTAL_SITE_URL",
    ),
    Setting(
        "PORTAL_LETTER_DAYS",
        "LETTER_DAYS",
        "number",
        "30",
        "days",
        "After so long recipient and content of a letter that was sent or failed are erased",
    ),
    Setting(
        "PORTAL_FEEDBACK_DAYS",
        "FEEDBACK_DAYS",
        "number",
        "90",
        "days",
        "So long after it was sent the words of a remark and its reader's address are erased",
    ),
    Setting(
        "PORTAL_HEARING_DAYS",
        "HEARING_DAYS",
        "number",
        "30",
        "days",
        "So long after a hearing the names and addresses of who took part are erased",
    ),
    Setting(
        "PORTAL_HEARING_OPINION_DAYS",
        "HEARING_OPINION_DAYS",
        "number",
        "180",
        "days",
        "So long after the day of a hearing what is kept about authors of opinions is erased",
    ),
    Setting(
        "PORTAL_MAX_FILE_BYTES",
        "MAX_FILE_BYTES",
        "number",
        "52428800",
        "bytes",
        "Largest file that is taken in",
    ),
    Setting(
        "PORTAL_CLAMAV",
        "CLAMAV",
        "text",
        "",
        "",
        "Virus scanner (clamd): unix:/path or tcp:host:port; empty: files are not scanned",
    ),
    Setting(
        "PORTAL_CLAMAV_SECONDS",
        "CLAMAV_SECONDS",
        "number",
        "30",
        "seconds",
        "Time the virus scanner has for a file; later it is not taken",
    ),
    Setting(
        "PORTAL_STAFF_IDLE_MINUTES",
        "STAFF_IDLE_MINUTES",
        "number",
        "30",
        "minutes",
        "A staff session that is not used for so long ends",
    ),
    Setting(
        "PORTAL_STAFF_SESSION_HOURS",
        "STAFF_SESSION_HOURS",
        "number",
        "12",
        "hours",
        "A staff session ends after so long, however much it is used",
    ),
    Setting(
        "PORTAL_BACKUPS",
        "BACKUPS",
        "number",
        "7",
        "copies",
        "So many nightly copies of an SQLite database stay in instance/backups; 0: none is made",
    ),
    Setting("PORTAL_LOG_LEVEL", "LOG_LEVEL", "text", "INFO", "", "Least level that is logged"),
    Setting(
        "PORTAL_DATA_LICENCE",
        "DATA_LICENCE",
        "text",
        "",
        "",
        "Licence line under downloads, such as KOGL type 1; empty: none is stated",
    ),
    Setting(
        "PORTAL_ONE_PERSON_KINDS",
        "ONE_PERSON_KINDS",
        "list",
        "",
        "",
        "Kinds of content that one person may both write and approve; empty: none",
    ),
    Setting(
        "PORTAL_REVIEW_HOURS",
        "REVIEW_HOURS",
        "number",
        "48",
        "hours",
        "What waits for a review longer climbs to the next person",
    ),
    Setting(
        "PORTAL_DEMO", "DEMO", "yes/no", "no", "", "Show samples and the style guide (make demo)"
    ),
)
