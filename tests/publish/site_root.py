"""A site root of made-up people, built and published by the command under test."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

project = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(project / "tests/site"))
from lay import lay  # noqa: E402

command = os.environ["INSIDE_OUT"]
DAY = "2026-11-23"


def call(path):
    """Asks the counting proxy."""
    with urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + path) as answer:
        return json.load(answer)


class Site:
    def __init__(self, people):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="inside-out-"))
        self.root = self.folder / "root"
        lay(self.folder / "laid")
        self.run("--root", str(self.folder / "laid"), "sample", str(people), str(self.root))
        self.ids = sorted(file.stem for file in (self.root / "profiles").glob("*.yaml"))
        self.built = 0
        self.build()

    def run(self, *words, status=0, env=None):
        """Runs a command; of `env`, what is empty is taken away."""
        env = {name: value for name, value in (os.environ | (env or {})).items() if value or name not in (env or {})}
        done = subprocess.run([command, *words], capture_output=True, text=True, env=env)
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def here(self, *words, status=0, env=None):
        """Runs a command in the root. What is built for the test's day is published as a rehearsal is."""
        if words[0] == "publish" and (len(words) == 1 or words[1].startswith("--")):
            words = ("publish", "--any-day", *words[1:])
        return self.run("--root", str(self.root), *words, status=status, env=env)

    def build(self, day=DAY):
        self.here("build", "--date", day)

    def publish(self, *words, status=0):
        """What was done, and the calls it took."""
        call("/_reset")
        done = self.here("publish", "--json", *words, status=status)
        return (json.loads(done.stdout) if status == 0 else done.stderr), call("/_counts")

    def files(self):
        site = self.root / "site"
        return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*") if file.is_file() and not file.name.startswith(".")}

    def replace(self, person, old, new):
        file = self.root / f"profiles/{person}.yaml"
        text = file.read_text()
        assert old in text, f"{person} has no `{old}`"
        # What stays behind a `#` is a remark, and a remark has a line of its own.
        file.write_text(text.replace(old, new.replace(" #", "\n#")))

    def shown(self, where=""):
        """Somebody who has a page, by a word of their profile."""
        return [person for person in self.ids if (self.root / f"site/people/{person}/index.html").exists() and where in (self.root / f"profiles/{person}.yaml").read_text()]

    def an_agency_begins_to_ban(self):
        """The one that holds most people, who are returned."""
        facilities = {file.stem: re.search(r"^agency: (.*)$", file.read_text(), re.M)[1] for file in (self.root / "content/facilities").glob("*.yaml")}
        place = lambda person: re.search(r"^facility: (.*)$", (self.root / f"profiles/{person}.yaml").read_text(), re.M)[1].strip("'\"")
        by = {}
        for person in self.shown():
            by.setdefault(facilities[place(person)], []).append(person)
        agency, people = max(by.items(), key=lambda entry: len(entry[1]))
        file = self.root / f"content/agencies/{agency}.yaml"
        without = re.sub(r"^  reason:.*\n(    .*\n)*", "", file.read_text(), flags=re.M)
        text, count = re.subn(r"^( +)rule: \w+$", r"\1rule: banned\n\1reason: {en: They forbid it.}", without, flags=re.M)
        assert count == 1, agency
        file.write_text(text)
        return people

    def remove(self):
        shutil.rmtree(self.folder)
