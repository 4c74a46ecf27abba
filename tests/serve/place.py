"""A server of one's own for tests: a site root, the built site, `inside-out serve`, and nginx with the guide's own file before it."""

import contextlib
import email
import email.policy
import http.client
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(PROJECT / "tests"), str(PROJECT / "tests/function"), str(PROJECT / "tests/site")]
from forms import hidden, pairs, parts, receipt, registration  # noqa: E402
from lay import OWN, lay  # noqa: E402
from nginx import Nginx  # noqa: E402

GUIDE = PROJECT / "infra/server"
PHOTO = (OWN / "profiles/photos/marcus-k7m2q.jpg").read_bytes()
# Longer than submit-fn/src/form/flags.rs takes for a program's haste.
HUMAN = 2.5


class Place:
    """A root, made by what is given, and its site; whatever is started for it ends with `end`."""

    def __init__(self, make=lay):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="inside-out-"))
        self.root, self.site = self.folder / "root", self.folder / "www/site"
        # The built site is for everybody, and a folder of tests is its owner's alone.
        self.folder.chmod(0o755)
        make(self.root)
        self.ends = contextlib.ExitStack()
        self.ends.callback(shutil.rmtree, self.folder)
        self.build()

    def end(self):
        self.ends.close()

    def command(self, *words, status=0, **env):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAIL_", "REVIEW_", "EDITORS_"))}
        done = subprocess.run([os.environ["INSIDE_OUT"], "--root", str(self.root), *words], capture_output=True, text=True, env=clean | env)
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def build(self):
        return self.command("build", "--out", str(self.site))

    def script(self, name, status=0, **env):
        """One of the guide's own scripts, as its unit runs it."""
        env = {"INSIDE_OUT_ROOT": str(self.root), "INSIDE_OUT_SITE": str(self.site), **env}
        done = subprocess.run([str(GUIDE / name)], capture_output=True, text=True, env=os.environ | {"MAIL_TO_FILES": "yes"} | env)
        assert done.returncode == status, f"{name}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def serve(self, *words, **env):
        server = Server(self, words, env)
        self.ends.callback(server.kill)
        return server

    def nginx(self, server):
        """The guide's own file, with this test's port and folders."""
        lines = (GUIDE / "nginx.conf").read_text()
        for old, new in [("listen 80;", "listen 127.0.0.1:PORT;"), ("/srv/www/site", str(self.site)), ("127.0.0.1:8080", server.address)]:
            assert old in lines, old
            lines = lines.replace(old, new)
        nginx = Nginx(lines)
        self.ends.callback(nginx.stop)
        return urllib.parse.urlsplit(nginx.url).netloc

    def rewrite(self, file, pattern, new):
        text, count = re.subn(pattern, new, (self.root / file).read_text(), flags=re.M)
        assert count == 1, (file, count)
        (self.root / file).write_text(text)

    def row(self, reference):
        return json.loads((self.root / f"var/review/index/{reference.replace('-', '')}.json").read_text())

    def mails(self):
        """Texts of the mails that lie in `var/mail`, with their heads."""
        files = sorted((self.root / "var/mail").glob("*.eml")) if (self.root / "var/mail").exists() else []
        mails = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
        return [f"To: {mail['to']}\nSubject: {mail['subject']}\n\n{mail.get_content()}" for mail in mails]


class Server:
    """`inside-out serve` on a free port."""

    def __init__(self, place, words, env):
        self.log = place.folder / f"serve-{time.monotonic_ns()}.log"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAIL_", "REVIEW_", "EDITORS_"))}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [os.environ["INSIDE_OUT"], "--root", str(place.root), "serve", "--listen", "127.0.0.1:0", "--site", str(place.site), *words],
                stdout=subprocess.PIPE, stderr=log, text=True, env=clean | env,
            )
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"http://([0-9.:]+)/", line):
                self.address = found[1]
                return
        raise AssertionError(f"serve ended with {self.process.wait()}: {self.said}{self.log.read_text()}")

    def lines(self):
        return self.log.read_text().splitlines()

    def kill(self):
        """Asks it to end, and waits; its status."""
        if self.process.poll() is None:
            self.process.terminate()
        status = self.process.wait(timeout=40)
        self.process.stdout.close()
        return status


class Person:
    """Somebody at an address of their own, who asks at a door."""

    count = 0

    def __init__(self, door, address=None):
        Person.count += 1
        self.door, self.address = door, address or f"127.0.1.{Person.count}"

    def ask(self, method, path, body=None, kind=None, **headers):
        host, port = self.door.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=60, source_address=(self.address, 0))
        sent = {"sec-fetch-site": "same-origin"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if kind:
            sent["content-type"] = kind
        connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        answer = connection.getresponse()
        page = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, answer.headers, page

    def post(self, path, fields, **headers):
        kind, body = pairs(fields)
        return self.ask("POST", path, body, kind, **headers)

    def send(self, fields, form="register", reads=HUMAN):
        """Through the check page, which takes a person so many seconds to read."""
        status, _, page = self.post(f"/send/{form}/check", fields)
        assert status == 200, (status, page)
        time.sleep(reads)
        return self.post(f"/send/{form}/send", hidden(page))

    def register(self, number="0777001", name="Quentin", reads=HUMAN):
        return self.send_all([(key, name if key == "shown_name" else value) for key, value in registration(number)], reads)

    def send_all(self, fields, reads=HUMAN):
        """A registration to its end: reference and code."""
        status, _, page = self.send(fields, reads=reads)
        assert status == 200, (status, page)
        return receipt(page)

    def photo(self, pair, photo):
        kind, body = parts([("reference", pair[0]), ("code", pair[1]), ("consent_photo", "yes")], photo)
        return self.ask("POST", "/send/mine/photo", body, kind)


def until(what, seconds=60):
    """Waits for something to become true, as long as is promised."""
    ends = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < ends, "it did not come about in time"
        time.sleep(0.2)
    return found
