"""`inside-out serve` behind nginx, which has the very file of the guide: forms, photos, limits, newer builds, and a kind end."""

import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import socketserver
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from place import GUIDE, PHOTO, PROJECT, Person, Place, until  # noqa: E402
from forms import hidden, pairs, receipt, registration  # noqa: E402

CANARY = "canary81b2f6"
HEADERS = re.findall(r'\("([a-z-]+)", "([^"]*)"\)', (PROJECT / "templates/src/headers.rs").read_text())


class Mails(socketserver.ThreadingTCPServer):
    """A mail server as far as a client asks: it takes what comes, and keeps it."""

    allow_reuse_address = True

    def __init__(self, port=0):
        self.taken = []
        super().__init__(("127.0.0.1", port), Letterbox)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Letterbox(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                text = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    text += line
                self.server.taken.append(text.decode())
            self.say("221 bye" if word == b"QUIT" else "250 yes")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Serving(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        cls.addClassCleanup(cls.place.end)
        cls.server = cls.place.serve("--trust-proxy", "127.0.0.1")
        cls.door = cls.place.nginx(cls.server)

    def person(self, **at):
        return Person(self.door, **at)

    def test_a_registration_with_a_photo_goes_from_the_form_to_the_editors_list(self):
        person = self.person()
        pair = person.register(name=CANARY)
        self.assertEqual(self.place.row(pair[0])["state"], "received")
        status, _, page = person.photo(pair, PHOTO)
        self.assertEqual(status, 200, page)
        row = self.place.row(pair[0])
        photo = self.place.root / f"var/review/submissions/registration/{row['id'].replace('-', '')}/photo-{row['photo_hash']}.jpg"
        self.assertTrue(photo.read_bytes().startswith(b"\xff\xd8"))
        self.assertIn(pair[0], self.place.command("review", "list"))
        self.assertIn(CANARY, self.place.command("review", "show", pair[0]))
        with self.subTest("status by reference and code, and not by another"):
            status, _, page = self.person().post("/send/mine/status", [("reference", pair[0].lower()), ("code", pair[1])])
            self.assertEqual(status, 200, page)
            wrong = self.person().post("/send/mine/status", [("reference", pair[0]), ("code", "TX4R-K7MP-3DH6")])
            self.assertEqual(wrong[0], 422, wrong[2])
        with self.subTest("it is corrected in its own place, and taken back"):
            status, _, page = person.post("/send/mine/correct", [("reference", pair[0]), ("code", pair[1])])
            self.assertEqual(status, 200, page)
            self.assertIn(CANARY, page)
            self.assertEqual(person.post("/send/mine/taken-back", [("reference", pair[0]), ("code", pair[1])])[0], 200)
            self.assertEqual(self.place.row(pair[0])["state"], "withdrawn")
        with self.subTest("nothing that was typed, nor who typed it, is in the log"):
            lines = self.server.lines()
            self.assertTrue(any('"route":"register/Send"' in line for line in lines), lines)
            for line in lines:
                json.loads(line)
                for word in [CANARY, person.address, "?", pair[0], pair[1]]:
                    self.assertNotIn(word, line)

    def test_what_is_put_down_is_taken_up_elsewhere(self):
        typed = [(name, CANARY if name == "shown_name" else value) for name, value in registration("0777003")]
        status, _, page = self.person().post("/send/register/keep", typed)
        self.assertEqual(status, 200, page)
        code = re.search(r'id="code">([A-Z0-9-]+)<', page)[1]
        status, _, page = self.person().post("/send/register/take-up", [("draft", code.lower())])
        self.assertEqual(status, 200, page)
        self.assertIn(f'value="{CANARY}"', page)
        sealed = [file.read_bytes() for file in (self.place.root / "var/drafts").iterdir()]
        self.assertTrue(sealed and not any(CANARY.encode() in each for each in sealed))

    def test_every_answer_has_the_site_s_headers_once(self):
        for method, path, expected in [("GET", "/", 200), ("GET", "/nothing/", 404), ("GET", "/send/register", 200), ("GET", "/send/nothing", 404), ("GET", "/es/send/register", 404), ("POST", "/send/register/check", 415), ("DELETE", "/send/register", 405)]:
            status, headers, page = self.person().ask(method, path)
            self.assertEqual(status, expected, path)
            for name, value in HEADERS:
                self.assertEqual(headers.get_all(name), [value], (path, name))
            if "send/" in path:
                self.assertEqual(headers["x-robots-tag"], "noindex", "the forms' own place in nginx")
            if path != "/":
                self.assertIn("<html", page, path)

    def test_a_page_of_another_site_cannot_send_our_forms(self):
        for headers in [{"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "", "origin": "https://evil.example"}]:
            kind, body = pairs(registration())
            status, _, page = self.person().ask("POST", "/send/register/check", body, kind, **headers)
            self.assertEqual(status, 403, (headers, page))

    def test_a_crowd_is_told_by_the_address_that_nginx_saw_and_by_no_forged_one(self):
        crowd, other = self.person(address="127.0.9.9"), self.person(address="127.0.9.10")
        forged = lambda number: {"x_forwarded_for": f"198.51.100.{number}", "cloudfront_viewer_address": f"198.51.100.{number}:1", "forwarded": f"for=198.51.100.{number}"}
        pages = [crowd.post("/send/register/check", registration(f"07771{number:02}"), **forged(number))[2] for number in range(41)]
        quiet = other.post("/send/register/check", registration("0777299"))[2]
        time.sleep(2.5)
        answers = [crowd.post("/send/register/send", hidden(page), **forged(number)) for number, page in enumerate(pages)]
        self.assertEqual({status for status, _, _ in answers}, {200})
        rows = [self.place.row(receipt(page)[0]) for _, _, page in answers]
        self.assertEqual([row["state"] for row in rows], ["received"] * 40 + ["held"])
        self.assertEqual(rows[-1]["flags"], ["crowd"])
        status, _, page = other.post("/send/register/send", hidden(quiet))
        self.assertEqual(self.place.row(receipt(page)[0])["state"], "received", "another address is no part of it")

    def test_a_proxy_that_does_not_say_whose_a_request_is_lets_nobody_in(self):
        direct = Person(self.server.address, "127.0.0.1")
        self.assertEqual(direct.ask("GET", "/send/register")[0], 403)
        self.assertEqual(direct.ask("GET", "/send/register", x_forwarded_for="1.2.3.4, nonsense")[0], 403)
        self.assertEqual(direct.ask("GET", "/send/register", x_forwarded_for="nonsense, 1.2.3.4")[0], 200)

    def test_what_is_too_large_gets_a_page_of_ours(self):
        for path, size in [("/send/register/check", 300_000), ("/send/mine/photo", 13_000_000)]:
            status, _, page = self.person().ask("POST", path, b"x" * size, "multipart/form-data; boundary=b")
            self.assertEqual((status, "<html" in page), (413, True), page[:300])
        self.assertEqual(self.person().ask("POST", "/send/mine/photo", b"x" * 26_000_000, "multipart/form-data; boundary=b")[0], 413)

    def test_health_is_for_this_machine_alone(self):
        direct = Person(self.server.address, "127.0.0.1")
        self.assertEqual(direct.ask("GET", "/_health")[::2], (200, "ok\n"))
        self.assertEqual(direct.ask("GET", "/_health", x_forwarded_for="198.51.100.7")[0], 404)
        self.assertEqual(self.person().ask("GET", "/_health")[0], 404)

    def test_whoever_is_slow_or_sends_no_http_is_let_go(self):
        host, port = self.server.address.split(":")
        with socket.create_connection((host, int(port)), timeout=60) as slow, socket.create_connection((host, int(port)), timeout=60) as odd:
            slow.sendall(b"GET /send/register HTTP/1.1\r\nhost: x\r\n")
            odd.sendall(b"\x16\x03\x01\x02\x00nonsense\r\n\r\n")
            self.assertNotIn(b" 200 ", odd.recv(4096))
            # Nothing comes for the slow one but the end.
            self.assertNotIn(b" 200 ", slow.recv(4096))
        with socket.create_connection((host, int(port)), timeout=60) as long:
            long.sendall(b"GET /send/register HTTP/1.1\r\nhost: x\r\n" + b"x-long: " + b"x" * 100_000 + b"\r\n\r\n")
            self.assertIn(b" 431 ", long.recv(4096))
        self.assertEqual(Person(self.server.address, "127.0.0.1").ask("GET", "/_health")[0], 200)

    def test_something_urgent_reaches_the_editors_once(self):
        fields = [("kind_of", "concern"), ("details", f"Something is wrong here: {CANARY} and more words to fill it.")]
        status, _, page = self.person().send(fields, "tell-us")
        self.assertEqual(status, 200, page)
        reference = receipt(page)[0]
        about = lambda: [mail for mail in self.place.mails() if reference in mail]
        [mail] = until(about)
        self.assertIn("To: hello@insideoutconnects.example", mail)
        self.assertIn(f"Subject: Urgent: {reference}", mail)
        self.assertNotIn(CANARY, mail)
        # A later one rings after it, and this one not again.
        status, _, page = self.person().send([("kind_of", "minor"), ("details", "Another thing that an editor should read today, please.")], "tell-us")
        later = receipt(page)[0]
        until(lambda: [mail for mail in self.place.mails() if later in mail])
        self.assertEqual(len(about()), 1)


class Following(unittest.TestCase):
    """What changes the site, and the server itself."""

    maxDiff = None

    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.end)

    def check(self, door, facility):
        fields = [(name, facility if name == "facility" else value) for name, value in registration()]
        return Person(door, "127.0.0.1").post("/send/register/check", fields)

    def answers(self, door, facility, status, words):
        def asked():
            got, _, page = self.check(door, facility)
            return got == status and words in page
        until(asked)

    def test_a_build_is_taken_up_and_what_cannot_be_leaves_the_last_good_one(self):
        server = self.place.serve()
        with self.subTest("a new facility"):
            self.assertEqual(self.check(server.address, "new-bend")[0], 422)
            text = (self.place.root / "content/facilities/river-bend.yaml").read_text()
            text = text.replace("id: river-bend", "id: new-bend").replace("name: River Bend", "name: New Bend")
            (self.place.root / "content/facilities/new-bend.yaml").write_text(text)
            self.place.build()
            self.answers(server.address, "new-bend", 200, "New Bend")
        with self.subTest("a ban stops registrations"):
            agency = re.search(r"^agency: (.*)$", text, re.M)[1]
            file = f"content/agencies/{agency}.yaml"
            without = re.sub(r"^  reason:.*\n(    .*\n)*", "", (self.place.root / file).read_text(), flags=re.M)
            (self.place.root / file).write_text(without)
            self.place.rewrite(file, r"^( +)rule: \w+$", r"\1rule: banned\n\1reason: {en: They began to forbid it today.}")
            self.place.build()
            self.answers(server.address, "river-bend", 200, "They began to forbid it today.")
        with self.subTest("a build that is refused, and a bundle that is none"):
            (self.place.root / "profiles/broken-k7m2q.yaml").write_text("{")
            self.place.command("build", "--out", str(self.place.site), status=1)
            (self.place.root / "var/bundle.json").write_text("{}")
            os.utime(self.place.site / ".inside-out")
            until(lambda: any("cannot be taken up" in line for line in server.lines()))
            self.assertIn("They began to forbid it today.", self.check(server.address, "river-bend")[2])
        with self.subTest("a new start finds what was good last"):
            self.assertEqual(server.kill(), 0)
            server = self.place.serve()
            self.assertIn("They began to forbid it today.", self.check(server.address, "river-bend")[2])
            until(lambda: any("cannot be taken up" in line for line in server.lines()))
        with self.subTest("where it does not answer, a page of the site stands in"):
            door = self.place.nginx(server)
            self.assertEqual(server.kill(), 0)
            status, headers, page = Person(door).ask("GET", "/send/register")
            self.assertEqual((status, "<html" in page), (503, True), page[:300])
            self.assertTrue(headers["content-security-policy"])

    def test_the_end_waits_for_what_is_under_way(self):
        server = self.place.serve()
        host, port = server.address.split(":")
        kind, body = pairs(registration())
        with socket.create_connection((host, int(port)), timeout=60) as slow, socket.create_connection((host, int(port)), timeout=60) as idle:
            head = f"POST /send/register/check HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
            slow.sendall(head.encode() + body[:100])
            # So that the server has seen the half of it.
            self.assertEqual(Person(server.address, "127.0.0.1").ask("GET", "/_health")[0], 200)
            server.process.send_signal(signal.SIGTERM)

            def is_closed():
                try:
                    socket.create_connection((host, int(port)), timeout=5).close()
                except ConnectionRefusedError:
                    return True
                return False

            until(is_closed)
            self.assertEqual(idle.recv(10), b"", "whoever asks nothing is let go at once")
            self.assertIsNone(server.process.poll())
            slow.sendall(body[100:])
            answer = b""
            while piece := slow.recv(65536):
                answer += piece
        self.assertTrue(answer.startswith(b"HTTP/1.1 200 "), answer[:200])
        self.assertIn(b"</html>", answer)
        self.assertEqual(server.process.wait(timeout=40), 0)
        self.assertFalse(any("under way" in line for line in server.lines()))

    def test_keys_are_kept_and_turned_while_somebody_reads_their_answers(self):
        server = self.place.serve()
        keys = self.place.root / "var/seal.keys"
        self.assertEqual(keys.stat().st_mode & 0o777, 0o600)
        first = keys.read_text()
        pages = [self.check(server.address, "river-bend")[2] for _ in range(2)]
        time.sleep(2.5)
        self.assertEqual(server.kill(), 0)
        server = self.place.serve()
        status, _, page = Person(server.address, "127.0.0.1").post("/send/register/send", hidden(pages[0]))
        self.assertTrue(status == 200 and receipt(page), page)
        self.assertIn("16 days", self.place.command("serve", "--new-key"))
        self.assertTrue(keys.read_text().endswith(first) and len(keys.read_text().split()) == 2)
        until(lambda: any("taken up" in line for line in server.lines()))
        status, _, page = Person(server.address, "127.0.0.1").post("/send/register/send", hidden(pages[1]))
        self.assertTrue(status == 200 and receipt(page), page)
        keys.chmod(0o644)
        self.assertEqual(server.kill(), 0)
        self.assertIn("others on this machine can read", self.place.command("serve", "--listen", "127.0.0.1:0", "--site", str(self.place.site), status=2))

    def test_a_proxy_that_nobody_named_is_not_believed_and_the_log_says_so_once(self):
        server = self.place.serve()
        direct = Person(server.address, "127.0.0.1")
        for _ in range(3):
            self.assertEqual(direct.ask("GET", "/send/register", x_forwarded_for="198.51.100.7")[0], 200)
        self.assertEqual(sum("--trust-proxy does not name" in line for line in server.lines()), 1)
        self.assertFalse(any("198.51.100.7" in line for line in server.lines()))

    def test_so_many_at_once_are_answered_and_whoever_comes_beyond_waits(self):
        server = self.place.serve()
        host, port = server.address.split(":")
        with contextlib.ExitStack() as held:
            for _ in range(256):
                held.enter_context(socket.create_connection((host, int(port)), timeout=60))
            beyond = held.enter_context(socket.create_connection((host, int(port)), timeout=60))
            beyond.sendall(b"GET /_health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            beyond.settimeout(2)
            with self.assertRaises(TimeoutError):
                beyond.recv(100)
            # Whoever asks nothing is let go, and makes room.
            beyond.settimeout(60)
            self.assertIn(b" 200 ", beyond.recv(100))

    def test_an_urgent_mail_waits_for_the_mail_server_and_goes_once(self):
        with Mails() as first:
            port = first.server_address[1]
            first.shutdown()
        server = self.place.serve(MAIL_SMTP_URL=f"smtp://127.0.0.1:{port}", MAIL_SMTP_PLAIN="yes", MAIL_FROM="site@example.org", EDITORS_EMAIL="editors@example.org")
        self.assertNotIn("MAIL_SMTP_URL", server.said)
        person = Person(server.address, "127.0.0.1")
        status, _, page = person.send([("kind_of", "concern"), ("details", f"Something is wrong here: {CANARY} and more words to fill it.")], "tell-us")
        self.assertEqual(status, 200, page)
        reference = receipt(page)[0]
        until(lambda: any("not told yet" in line for line in server.lines()))
        with Mails(port) as mails:
            until(lambda: mails.taken)
            [mail] = mails.taken
            self.assertEqual(server.kill(), 0)
            server = self.place.serve(MAIL_SMTP_URL=f"smtp://127.0.0.1:{port}", MAIL_SMTP_PLAIN="yes", MAIL_FROM="site@example.org", EDITORS_EMAIL="editors@example.org")
            person = Person(server.address, "127.0.0.1")
            person.send([("kind_of", "minor"), ("details", "Another thing that an editor should read today, please.")], "tell-us")
            until(lambda: len(mails.taken) > 1)
            self.assertEqual(len(mails.taken), 2, "a new start rings for what is new alone")
            mails.shutdown()
        for words in ["To: editors@example.org", "From: ", "site@example.org", f"Urgent: {reference}"]:
            self.assertIn(words, mail)
        self.assertNotIn(CANARY, mail)

    def test_without_a_site_or_a_free_port_it_says_what_to_do(self):
        self.assertIn("inside-out build", self.place.command("serve", "--site", str(self.place.folder / "nowhere"), status=2))
        server = self.place.serve()
        self.assertIn("--listen", self.place.command("serve", "--site", str(self.place.site), "--listen", server.address, status=2))
        self.assertIn("unset REVIEW_BUCKET", self.place.command("serve", status=2, REVIEW_BUCKET="x"))
        self.assertIn("MAIL_SMTP_URL is not set", server.said)
        self.assertIn("MAIL_FROM", self.place.command("serve", "--site", str(self.place.site), "--listen", "127.0.0.1:0", status=2, MAIL_FROM="nobody"))

    def test_alone_it_serves_the_site_as_the_cloud_does(self):
        server = self.place.serve("--with-site")
        person = Person(server.address, "127.0.0.1")
        status, headers, page = person.ask("GET", "/people/marcus-k7m2q/")
        self.assertEqual((status, headers["cache-control"]), (200, "public, max-age=0, must-revalidate"))
        for name, value in HEADERS:
            self.assertEqual(headers.get_all(name), [value], name)
        self.assertEqual(person.ask("GET", "/people/marcus-k7m2q/", if_none_match=headers["etag"])[::2], (304, ""))
        self.assertEqual(person.ask("HEAD", "/people/marcus-k7m2q/")[::2], (200, ""))
        self.assertEqual(person.ask("GET", "/people/marcus-k7m2q")[1]["location"], "/people/marcus-k7m2q/")
        links = set(re.findall(r'(?:href|src)="(/[^"#?]*)"', page))
        for link in links:
            status, headers, _ = person.ask("GET", link)
            self.assertEqual(status, 200, link)
            if link.startswith(("/assets/", "/photos/")):
                self.assertIn("immutable", headers["cache-control"], link)
        self.assertTrue(any(link.startswith("/assets/") for link in links))
        for hidden_path in ["/.inside-out", "/.due", "/../root/var/seal.keys", "/%2e%2e/root/var/seal.keys", "//etc/passwd"]:
            status, _, page = person.ask("GET", hidden_path)
            self.assertEqual((status, "This page is not here" in page), (404, True), hidden_path)
        self.assertEqual(person.ask("POST", "/people/marcus-k7m2q/", b"x", "text/plain")[0], 405)
        photo = re.search(r'/photos/[^" ,]+', person.ask("GET", "/people/marcus-k7m2q/")[2])[0]
        self.assertIn("noimageindex", person.ask("GET", photo)[1]["x-robots-tag"])
        (self.place.site / ".gone").mkdir()
        for name in ["marcus-k7m2q", photo.rsplit("/", 1)[1]]:
            (self.place.site / ".gone" / name).touch()
        for path in ["/people/marcus-k7m2q/", "/people/marcus-k7m2q/index.html", photo]:
            status, _, page = person.ask("GET", path)
            self.assertEqual((status, "taken down" in page), (410, True), path)
        self.place.build()
        self.assertEqual(person.ask("GET", "/people/marcus-k7m2q/")[0], 410, "what a hand wrote outlasts a build")


if __name__ == "__main__":
    unittest.main()
