"""How a person goes through a form: answers, the hidden fields of the check page, what the page at the end says."""

import datetime
import html
import re
import urllib.parse

BOUNDARY = "b0undary"


def registration(number="0777001"):
    month = datetime.date.today().replace(day=1) - datetime.timedelta(days=1)
    return [
        ("shown_name", "Quentin"), ("mail_name", "Quentin Q. Example"), ("facility", "river-bend"), ("number", number),
        ("birth_year", "1980"),
        ("introduction", "I read maps the way other people read novels, and I can tell you how to get to places I have never seen."),
        ("introduction_language", "en"), ("languages", "en"), ("interests", "chess"), ("looking_for", "friendship"),
        ("release", "unknown"), ("consent_asked", "yes"), ("consent_knows", "yes"), ("consent_adult", "yes"),
        ("consent_rules", "yes"), ("consent_how", "letter"), ("consent_date-day", "3"), ("consent_date-month", str(month.month)),
        ("consent_date-year", str(month.year)), ("submitter_name", "Maria Example"), ("contact_by", "email"),
        ("email", "maria@example.org"),
    ]


def pairs(fields):
    return "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode()


def parts(fields, photo):
    body = b""
    for name, value in fields:
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="x.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'.encode()
    return f"multipart/form-data; boundary={BOUNDARY}", body + photo + f"\r\n--{BOUNDARY}--\r\n".encode()


def hidden(page):
    """The fields that the page's first form carries along."""
    form = re.search(r"<form.*?</form>", page, re.S)[0]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return [(html.unescape(name), html.unescape(value)) for name, value in fields]


def receipt(page):
    """Reference and code of the page at the end."""
    return tuple(re.search(rf'id="{what}">([A-Z0-9-]+)<', page)[1] for what in ("reference", "code"))
