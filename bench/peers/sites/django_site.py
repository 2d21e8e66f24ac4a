"""A Django site with django-helpdesk; runs in its environment. `python django_site.py LINES` fills it."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

APPS = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles", "sites", "humanize"]
settings.configure(
    SECRET_KEY="bench",  # noqa: S106 - of a site that only this machine sees
    ALLOWED_HOSTS=["127.0.0.1"],
    SITE_ID=1,
    USE_TZ=True,
    ROOT_URLCONF="django_urls",
    INSTALLED_APPS=[
        *(f"django.contrib.{app}" for app in APPS),
        "helpdesk",
        "rest_framework",
        "rest_framework.authtoken",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "helpdesk",
            "USER": "postgres",
            "HOST": "127.0.0.1",
            "PORT": 5544,
            "CONN_MAX_AGE": None,
        }
    },
    STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    HELPDESK_TEAMS_MODE_ENABLED=False,
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "rest_framework.authentication.SessionAuthentication",
            "rest_framework.authentication.TokenAuthentication",
        ]
    },
)
django.setup()
app = get_wsgi_application()


def fill(lines: Path) -> dict[str, str]:
    """Make the tables and the tickets; return a token and a session for the administrator."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils.dateparse import parse_datetime
    from helpdesk.models import FollowUp, Queue, Ticket
    from rest_framework.authtoken.models import Token

    call_command("migrate", verbosity=0)
    admin = User.objects.create_superuser("admin")
    reps = [User.objects.create_user(f"rep{number}", is_staff=True) for number in range(10)]
    queue = Queue.objects.create(title="Support", slug="support")
    codes = {"Open": 1, "Pending": 2, "Escalated": 2, "Closed": 4}
    read = [json.loads(line) for line in lines.read_text().splitlines()]
    made = Ticket.objects.bulk_create(
        Ticket(
            title=line["subject"][:200],
            queue=queue,
            status=codes[line["status"]],
            created=parse_datetime(line["created"]),
            modified=parse_datetime(line["created"]),
            assigned_to=None if line["holder"] is None else reps[line["holder"]],
            description=line["messages"][0],
        )
        for line in read
    )
    FollowUp.objects.bulk_create(
        FollowUp(ticket=ticket, comment=body, public=True, date=ticket.created + timedelta(minutes=5))
        for ticket, line in zip(made, read, strict=True)
        for body in line["messages"]
    )
    session = SessionStore()
    session[SESSION_KEY] = str(admin.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = admin.get_session_auth_hash()
    session.save()
    return {"token": Token.objects.create(user=admin).key, "session": session.session_key or ""}


if __name__ == "__main__":
    json.dump(fill(Path(sys.argv[1])), sys.stdout)
