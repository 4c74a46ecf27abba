"""The packaged function as people meet it: register, add a photo, look, correct, take back; and what stands in S3 and DynamoDB
after each step. tests/function/emulator gives the variables."""

import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

import boto3

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "site")]
from forms import hidden, pairs, parts, receipt, registration  # noqa: E402
from lay import OWN, lay  # noqa: E402

URL = urllib.parse.urlsplit(os.environ["FUNCTION_URL"])
STORE = {"endpoint_url": os.environ["AWS_ENDPOINT_URL"], "region_name": "us-east-1"}
S3, TABLE = boto3.client("s3", **STORE), boto3.resource("dynamodb", **STORE).Table("review")
PHOTO = (OWN / "profiles/photos/marcus-k7m2q.jpg").read_bytes()
CANARY = os.environ["CANARY"]
# Longer than submit-fn/src/flags.rs takes for a program's haste.
HUMAN = 2.5


class Person:
    """Somebody at an address of their own."""

    count = 0

    def __init__(self):
        Person.count += 1
        self.address = f"198.51.100.{Person.count}:40000"

    def ask(self, method, path, body=None, kind=None, **headers):
        connection = http.client.HTTPConnection(URL.hostname, URL.port, timeout=60)
        sent = {"host": os.environ["FUNCTION_HOST"], "x-origin-secret": os.environ["ORIGIN_SECRET"], "cloudfront-viewer-address": self.address, "sec-fetch-site": "same-origin"}
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        if kind:
            sent["content-type"] = kind
        connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, page

    def post(self, path, fields):
        kind, body = pairs(fields)
        return self.ask("POST", path, body, kind)

    def send(self, fields, form="register", reads=0):
        """Through the check page, which takes a person so many seconds to read; nobody reads it in none, and is held for that."""
        status, _, page = self.post(f"/send/{form}/check", fields)
        assert status == 200, (status, page)
        time.sleep(reads)
        return self.post(f"/send/{form}/send", hidden(page))


def row(reference):
    return TABLE.get_item(Key={"pk": "ROW", "sk": reference.replace("-", "")}, ConsistentRead=True).get("Item")


def sealed_keys():
    """Where half-filled forms lie, and copies of what was sent."""
    return {lies["Key"] for page in S3.get_paginator("list_objects_v2").paginate(Bucket="drafts") for lies in page.get("Contents", [])}


def versions(prefix):
    found = S3.list_object_versions(Bucket="review", Prefix=prefix)
    return found.get("Versions", []) + found.get("DeleteMarkers", [])


def registered(person, name="Quentin", reads=0):
    fields = [(key, name if key == "shown_name" else value) for key, value in registration()]
    status, _, page = person.send(fields, reads=reads)
    assert status == 200, (status, page)
    return receipt(page)


class Walk(unittest.TestCase):
    maxDiff = None

    def test_a_registration_is_a_row_and_an_object_under_a_key(self):
        reference, _ = registered(Person(), CANARY, reads=HUMAN)
        stands = row(reference)
        self.assertEqual((stands["state"], stands["kind"]), ("received", "registration"))
        self.assertNotIn(CANARY, json.dumps(stands, default=str), "no personal data in the index")
        [stored] = versions(f"submissions/registration/{stands['sk']}/")
        head = S3.get_object(Bucket="review", Key=stored["Key"])
        answers = json.loads(head["Body"].read())["answers"]
        self.assertIn({"question": "shown_name", "role": "shown-name", "values": [CANARY]}, answers)
        self.assertTrue(stored["Key"].endswith(f"{stands['payload_hash']}.json"))
        self.assertEqual(head.get("ServerSideEncryption"), "aws:kms")

    def test_what_is_sent_in_no_time_is_held(self):
        reference, _ = registered(Person())
        self.assertEqual((row(reference)["state"], row(reference)["flags"]), ("held", ["hurried"]))

    def test_sending_again_gives_the_same_reference(self):
        person = Person()
        _, _, check = person.post("/send/register/check", registration("0777002"))
        first, second = (person.post("/send/register/send", hidden(check)) for _ in range(2))
        self.assertEqual(receipt(first[2]), receipt(second[2]))

    def test_a_photo_comes_clean_and_the_status_page_knows_it(self):
        person = Person()
        reference, code = registered(person)
        kind, body = parts([("reference", reference), ("code", code), ("consent_photo", "yes")], PHOTO + CANARY.encode())
        status, _, page = person.ask("POST", "/send/mine/photo", body, kind)
        self.assertEqual(status, 200, page)
        stands = row(reference)
        key = f"submissions/registration/{stands['sk']}/photo-{stands['photo_hash']}.jpg"
        stored = S3.get_object(Bucket="review", Key=key)["Body"].read()
        self.assertTrue(stored.startswith(b"\xff\xd8") and CANARY.encode() not in stored)
        status, _, page = person.post("/send/mine/status", [("reference", reference.lower()), ("code", code)])
        self.assertEqual(status, 200, page)

    def test_a_photo_that_is_none_changes_nothing(self):
        person = Person()
        reference, code = registered(person)
        kind, body = parts([("reference", reference), ("code", code), ("consent_photo", "yes")], b"GIF89a" + CANARY.encode())
        status, _, page = person.ask("POST", "/send/mine/photo", body, kind)
        self.assertEqual(status, 422, page)
        self.assertNotIn("photo_hash", row(reference))
        self.assertNotIn(CANARY, page)

    def test_of_what_is_taken_back_only_the_pair_tells_that_it_is(self):
        person = Person()
        reference, code = registered(person, reads=HUMAN)
        pair = [("reference", reference), ("code", code)]
        self.assertEqual(person.post("/send/mine/take-back", pair)[0], 200)
        self.assertEqual(row(reference)["state"], "received", "the page only asks")
        self.assertEqual(person.post("/send/mine/taken-back", pair)[0], 200)
        self.assertEqual(row(reference)["state"], "withdrawn")
        status, _, page = person.post("/send/mine/status", pair)
        self.assertEqual(status, 200, page)
        self.assertIn("It is taken back", page)
        wrong = "TX4R-K7MP-3DH6"
        after = person.post("/send/mine/status", [("reference", reference), ("code", wrong)])
        never = person.post("/send/mine/status", [("reference", "KM7P-T4RX"), ("code", wrong)])
        self.assertEqual(after[0], never[0])
        self.assertEqual(after[2].replace(reference, ""), never[2].replace("KM7P-T4RX", ""), "the same answer as for a pair that never was")

    def test_what_is_put_down_lies_sealed_and_is_taken_up_once_anywhere(self):
        typed = [(name, CANARY if name == "shown_name" else value) for name, value in registration("0777003")]
        before = sealed_keys()
        status, _, page = Person().post("/send/register/keep", typed)
        self.assertEqual(status, 200, page)
        code = re.search(r'id="code">([A-Z0-9-]+)<', page)[1]
        [key] = sealed_keys() - before
        sealed = S3.get_object(Bucket="drafts", Key=key)["Body"].read()
        self.assertRegex(key, "^drafts/[0-9a-f]{64}$")
        for word in [CANARY, "shown_name", code, code.replace("-", "")]:
            self.assertNotIn(word.encode(), key.encode() + sealed)
        wrong = Person().post("/send/register/take-up", [("draft", "TX4R-K7MP-3DH6")])
        self.assertEqual(wrong[0], 422, wrong[2])
        status, _, page = Person().post("/send/register/take-up", [("draft", code.lower())])
        self.assertEqual(status, 200, page)
        self.assertIn(f'value="{CANARY}"', page)
        status, _, page = Person().send([*registration("0777003"), ("draft", code)], reads=HUMAN)
        self.assertEqual(status, 200, page)
        self.assertNotIn(key, sealed_keys(), "what was sent is kept no longer as a draft")
        self.assertEqual(Person().post("/send/register/take-up", [("draft", code)])[0], 422)

    def test_what_was_sent_is_opened_and_sent_again_in_its_own_place(self):
        person = Person()
        reference, code = registered(person, reads=HUMAN)
        pair = [("reference", reference), ("code", code)]
        first = row(reference)
        status, _, page = person.post("/send/mine/correct", pair)
        self.assertEqual(status, 200, page)
        self.assertIn('value="Quentin"', page)
        second = re.search(r'name="second" value="([^"]+)"', page)[1]
        mended = [(name, f"{CANARY} Q." if name == "shown_name" else value) for name, value in registration()]
        status, _, page = person.send([*mended, ("second", second)], reads=HUMAN)
        self.assertEqual(status, 200, page)
        self.assertEqual(receipt(page), (reference, code))
        stands = row(reference)
        self.assertEqual((stands["earlier"], stands["created_at"]), ([first["payload_hash"]], first["created_at"]))
        stored = S3.get_object(Bucket="review", Key=f"submissions/registration/{stands['sk']}/{stands['payload_hash']}.json")
        self.assertIn(f"{CANARY} Q.".encode(), stored["Body"].read())
        before = sealed_keys()
        self.assertEqual(person.post("/send/mine/taken-back", pair)[0], 200)
        self.assertEqual(len(before - sealed_keys()), 1, "the copy goes with what is taken back")

    def test_a_report_lies_apart_under_its_own_key(self):
        person = Person()
        fields = [("kind_of", "concern"), ("details", f"Something is wrong here: {CANARY} and more words to fill it.")]
        status, _, page = person.send(fields, "tell-us")
        self.assertEqual(status, 200, page)
        stands = row(receipt(page)[0])
        [stored] = versions(f"reports/{stands['sk']}/")
        report_key = S3.head_object(Bucket="review", Key=stored["Key"]).get("SSEKMSKeyId")
        reference, _ = registered(Person())
        [other] = versions(f"submissions/registration/{row(reference)['sk']}/")
        self.assertNotEqual(report_key, S3.head_object(Bucket="review", Key=other["Key"]).get("SSEKMSKeyId"))

    def test_whoever_registered_is_told_once_when_the_page_is_live(self):
        """The whole way, on the cloud's own store: form, editor, build, publish, mail."""
        reference, _ = registered(Person(), reads=HUMAN)
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            lay(root)

            def desk(*words):
                done = subprocess.run([os.environ["INSIDE_OUT"], "--root", folder, *words], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, f"{words}\n{done.stdout}{done.stderr}")
                return done.stdout

            listed = subprocess.run([os.environ["INSIDE_OUT"], "--root", folder, "review", "list"], capture_output=True, text=True)
            self.assertIn(reference, listed.stdout, listed.stderr)
            self.assertIn("Quentin", desk("review", "show", reference))
            desk("review", "promote", reference, "--yes", "--as", "walk")
            profile = row(reference)["profile"]
            S3.create_bucket(Bucket="site")
            S3.put_bucket_versioning(Bucket="site", VersioningConfiguration={"Status": "Enabled"})
            desk("build")
            for _ in range(2):
                desk("publish", "--bucket", "site", "--as", "walk")
                self.assertEqual(row(reference)["state"], "published")
                [mail] = [text for text in (file.read_text() for file in (root / "var/mail").iterdir()) if reference in text]
            self.assertIn("To: maria@example.org", mail)
            page = S3.get_object(Bucket="site", Key=f"site/people/{profile}/index.html")["Body"].read().decode()
            self.assertIn("I read maps the way other people read novels", page)
            log = [line for line in json.loads(desk("review", "log", "--json")) if line["id"] == row(reference)["sk"] or line["id"] == reference]
            self.assertEqual([line["to"] for line in log], ["promoted", "published", "published"], "turned, and told")

    def test_nobody_comes_in_past_the_edge(self):
        for headers in [{"x_origin_secret": None}, {"x_origin_secret": "0" * 32}, {"cloudfront_viewer_address": None}]:
            status, _, page = Person().ask("GET", "/send/register", **headers)
            self.assertEqual(status, 403, headers)
            self.assertIn("<html", page)

    def test_every_page_has_the_site_s_headers(self):
        for method, path, body, kind in [("GET", "/send/register", None, None), ("GET", "/send/nothing", None, None), ("POST", "/send/register/check", b"{}", "application/json")]:
            _, headers, _ = Person().ask(method, path, body, kind)
            self.assertEqual(headers["content-type"], "text/html; charset=utf-8")
            self.assertEqual(headers["cache-control"], "no-store")
            self.assertIn("default-src 'none'", headers["content-security-policy"])
            self.assertEqual(headers["x-content-type-options"], "nosniff")

    def test_what_a_crowd_sends_is_taken_and_held(self):
        person = Person()
        pages = [person.post("/send/register/check", registration(f"07771{number:02}"))[2] for number in range(41)]
        time.sleep(HUMAN)
        answers = [person.post("/send/register/send", hidden(page)) for page in pages]
        self.assertEqual([status for status, _, _ in answers], [200] * 41)
        rows = [row(receipt(page)[0]) for _, _, page in answers]
        self.assertEqual([stands["state"] for stands in rows], ["received"] * 40 + ["held"])
        self.assertEqual(rows[-1]["flags"], ["crowd"])


if __name__ == "__main__":
    unittest.main()
