"""The function never lags behind the site: a facility that a publish brings is taken by the forms, and a ban that it brings stops
registrations, although the function is the same as before. tests/function/emulator gives the variables."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import boto3  # noqa: E402
from forms import registration  # noqa: E402
from walk import Person, lay  # noqa: E402

# The promise is two minutes from the publish on.
PROMISED = 120


class Follows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="inside-out-"))
        cls.root = cls.folder / "root"
        lay(cls.root)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @staticmethod
    def run_command(*words):
        done = subprocess.run([os.environ["INSIDE_OUT"], *words], capture_output=True, text=True)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"

    def publish(self):
        self.run_command("--root", str(self.root), "build", "--date", "2026-11-30")
        self.run_command("--root", str(self.root), "publish", "--any-day")

    def rewrite(self, file, pattern, new):
        text, count = re.subn(pattern, new, (self.root / file).read_text(), flags=re.M)
        self.assertEqual(count, 1, file)
        (self.root / file).write_text(text)

    def check(self, facility):
        """The page that comes after the form of a registration for a facility."""
        fields = [(name, facility if name == "facility" else value) for name, value in registration()]
        status, _, page = Person().post("/send/register/check", fields)
        return status, page

    def until(self, facility, status, words):
        """Asks as people do, now and again, until the answer is this one."""
        ends = time.monotonic() + PROMISED
        while True:
            got, page = self.check(facility)
            if got == status and words in page:
                return
            self.assertLess(time.monotonic(), ends, f"{got}: {page[:2000]}")
            time.sleep(0.5)

    def test_a_publish_reaches_the_forms(self):
        with self.subTest("a new facility is taken once it is published, and not before"):
            self.assertEqual(self.check("river-bend")[0], 200)
            self.assertEqual(self.check("new-bend")[0], 422)
            text = (self.root / "content/facilities/river-bend.yaml").read_text()
            text = text.replace("id: river-bend", "id: new-bend").replace("name: River Bend", "name: New Bend")
            (self.root / "content/facilities/new-bend.yaml").write_text(text)
            self.publish()
            self.until("new-bend", 200, "New Bend")
        with self.subTest("a change starts from the page that is published"):
            for path, words in [("/send/update?about=marcus-k7m2q", 'name="number" value="0123456"'), ("/send/update?about=nobody-k7m2q", 'name="about" value="nobody-k7m2q"')]:
                status, _, page = Person().ask("GET", path)
                self.assertEqual(status, 200, page)
                self.assertIn(words, page)
            fields = [("about", "marcus-k7m2q"), ("change", "number"), ("number", "0123456"), ("facility", "river-bend"), ("who", "family"), ("consent_asked", "yes"), ("submitter_name", "Ana"), ("contact_by", "post"), ("postal", "1 Example Street")]
            status, _, page = Person().post("/send/update/check", fields)
            self.assertEqual(status, 422, page)
            self.assertIn("this is what the page says now", page)
        with self.subTest("a ban stops registrations"):
            agency = re.search(r"^agency: (.*)$", (self.root / "content/facilities/river-bend.yaml").read_text(), re.M)[1]
            file = f"content/agencies/{agency}.yaml"
            text = re.sub(r"^  reason:.*\n(    .*\n)*", "", (self.root / file).read_text(), flags=re.M)
            (self.root / file).write_text(text)
            self.rewrite(file, r"^( +)rule: \w+$", r"\1rule: banned\n\1reason: {en: They began to forbid it today.}")
            self.publish()
            self.until("river-bend", 200, "They began to forbid it today.")
        with self.subTest("what cannot be opened is told, and the forms go on with what they had"):
            keys = {"region_name": "us-east-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}
            boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], **keys).put_object(Bucket="site", Key="function/bundle.json", Body=b'{"of": "another version"}')
            logs = boto3.client("logs", endpoint_url=os.environ["FUNCTION_URL"], **keys)
            ends = time.monotonic() + PROMISED
            while not logs.filter_log_events(logGroupName="/inside-out/submit", filterPattern='"Behind"')["events"]:
                self.until("river-bend", 200, "They began to forbid it today.")
                self.assertLess(time.monotonic(), ends, "nothing was counted")
                time.sleep(0.5)


if __name__ == "__main__":
    unittest.main()
