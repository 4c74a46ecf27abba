"""Leaving never waits, nobody comes back by accident, and time passes without us: sixty people for each reason, two roots of which
one is stale, and days on which nobody builds. On every emulator."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from publishing import s3, stored  # noqa: E402
from site_root import DAY, Site, call  # noqa: E402

# Each way of leaving, as an editor writes it into a profile.
REASONS = {
    "withdrawn": [(r"^status: .*$", "withdrawn: 2026-11-22\nstatus: withdrawn")],
    "consent-ended": [(r"^( *)given: .*$", r"\1given: 2025-11-22"), (r"^( *)renew_by: .*$", r"\1renew_by: 2026-11-22")],
    "past-release": [(r"^release: .*$", "release: '2025'")],
}
NEXT_DAY = "2026-11-24"


class Leaving(unittest.TestCase):
    def setUp(self):
        client = s3()
        versions = client.list_object_versions(Bucket="site")
        for item in versions.get("Versions", []) + versions.get("DeleteMarkers", []):
            client.delete_object(Bucket="site", Key=item["Key"], VersionId=item["VersionId"])
        self.s3 = client

    def begin(self, people=40):
        self.site = Site(people)
        self.addCleanup(self.site.remove)
        self.site.here("publish")

    def rewrite(self, person, rules):
        file = self.site.root / f"profiles/{person}.yaml"
        text = file.read_text()
        for pattern, new in rules:
            text, count = re.subn(pattern, new, text, flags=re.M)
            assert count == 1, f"{person}: {pattern}: {count}"
        file.write_text(text)

    def named(self, people):
        """Who of some people is still named by a path or in a page, list, feed or search file."""
        public = stored(self.s3)
        texts = [self.s3.get_object(Bucket="site", Key=f"site/{path}")["Body"].read().decode(errors="replace") for path in public if not path.endswith((".jpg", ".css", ".js"))]
        # The feed tells its readers that somebody's page was taken down.
        texts = [re.sub(r"<at:deleted-entry .*?(/>|</at:deleted-entry>)", "", text, flags=re.S) for text in texts]
        everything = "\n".join([*public, *texts])
        return [person for person in people if person in everything]

    def test_sixty_of_each_reason_go_by_one_unattended_publish(self):
        self.begin(420)
        left = dict.fromkeys(self.an_agency_begins_to_ban(), "listing-banned")
        others = [person for person in self.site.shown("status: listed") if person not in left]
        for at, (reason, rules) in enumerate(REASONS.items()):
            people = others[at * 60 : at * 60 + 60]
            self.assertEqual(len(people), 60)
            for person in people:
                self.rewrite(person, rules)
                left[person] = reason
        self.site.build()
        plan, _ = self.site.publish("--unattended")
        self.assertTrue(plan["done"])
        self.assertEqual({removal["person"]: removal.get("why") for removal in plan["removals"]}, left)
        self.assertEqual(self.named(left), [])

    def an_agency_begins_to_ban(self):
        """The one that holds most people, who are returned."""
        facilities = {file.stem: re.search(r"^agency: (.*)$", file.read_text(), re.M)[1] for file in (self.site.root / "content/facilities").glob("*.yaml")}
        place = lambda person: re.search(r"^facility: (.*)$", (self.site.root / f"profiles/{person}.yaml").read_text(), re.M)[1].strip("'\"")
        by = {}
        for person in self.site.shown():
            by.setdefault(facilities[place(person)], []).append(person)
        agency, people = max(by.items(), key=lambda entry: len(entry[1]))
        self.assertGreaterEqual(len(people), 60)
        file = self.site.root / f"content/agencies/{agency}.yaml"
        without = re.sub(r"^  reason:.*\n(    .*\n)*", "", file.read_text(), flags=re.M)
        text, count = re.subn(r"^( +)rule: \w+$", r"\1rule: banned\n\1reason: {en: They forbid it.}", without, flags=re.M)
        self.assertEqual(count, 1)
        file.write_text(text)
        return people

    def test_a_stale_root_undoes_nothing(self):
        self.begin()
        stale = self.site.folder / "stale"
        shutil.copytree(self.site.root, stale)
        person = self.site.shown("status: listed")[0]
        self.rewrite(person, REASONS["withdrawn"])
        self.site.build()
        self.assertTrue(self.site.publish()[0]["done"])
        before = {path: item["ETag"] for path, item in stored(self.s3).items()}
        done = self.site.run("--root", str(stale), "publish", "--any-day", status=2)
        self.assertRegex(done.stderr, r"publishing this folder would undo it: nothing was changed[\s\S]*--over \S+")
        self.assertEqual({path: item["ETag"] for path, item in stored(self.s3).items()}, before)
        # Once it has what the other did, it follows.
        shutil.copy(self.site.root / f"profiles/{person}.yaml", stale / f"profiles/{person}.yaml")
        self.site.run("--root", str(stale), "build", "--date", DAY)
        self.site.run("--root", str(stale), "publish", "--any-day")

    def test_git_tells_which_came_first(self):
        def git(root, *words):
            settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
            subprocess.run(["git", "-C", str(root), *settings, *words], check=True, capture_output=True)

        self.begin()
        other, person = self.site.folder / "other", self.site.shown("status: listed")[0]
        (self.site.root / ".gitignore").write_text("/site\n/var\n*.partial\n")
        git(self.site.root, "init", "-q")
        git(self.site.root, "add", "-A")
        git(self.site.root, "commit", "-qm", "one")
        subprocess.run(["git", "clone", "-q", str(self.site.root), str(other)], check=True)
        self.rewrite(person, REASONS["withdrawn"])
        self.site.build()
        self.assertIn(f"no commit holds profiles/{person}.yaml", self.site.publish(status=2)[0])
        git(self.site.root, "commit", "-qam", "two")
        self.assertTrue(self.site.publish()[0]["done"])
        elsewhere = lambda *words, status=0: self.site.run("--root", str(other), *words, status=status)
        elsewhere("build", "--date", DAY)
        self.assertIn("which this root does not hold", elsewhere("publish", "--any-day", status=2).stderr)
        git(other, "pull", "-q")
        elsewhere("build", "--date", DAY)
        elsewhere("publish", "--any-day")

    def test_what_was_not_built_today_or_changed_since_is_not_published(self):
        self.begin()
        self.assertIn("the site was built for 2026-11-23", self.site.run("--root", str(self.site.root), "publish", status=2).stderr)
        person = self.site.shown("status: listed")[0]
        self.rewrite(person, REASONS["withdrawn"])
        call("/_reset")
        self.assertIn("changed since the site was built", self.site.here("publish", status=2).stderr)
        self.assertEqual(call("/_counts")["calls"], 0)

    def test_time_passes_without_a_build(self):
        self.begin()
        people = self.site.shown("status: listed")[:2]
        for person, day in zip(people, ["2026-11-23", "2026-11-25"]):
            self.rewrite(person, [(r"^( *)given: .*$", r"\1given: 2026-01-02"), (r"^( *)renew_by: .*$", rf"\1renew_by: {day}")])
        self.site.build()
        self.site.publish()
        here = lambda: [person for person in people if f"people/{person}/index.html" in stored(self.s3)]
        due = lambda day: json.loads(self.site.here("publish", "due", "--date", day, "--json").stdout)
        call("/_reset")
        self.assertEqual((due(DAY)["left"], here()), ([], people))
        self.assertEqual(call("/_counts")["writes"], 0)
        self.assertEqual((due(NEXT_DAY)["left"], here()), (people[:1], people[1:]))
        told = due(NEXT_DAY)
        self.assertEqual((told["left"], told["next"]), ([], {"day": "2026-11-25", "people": 1}))
        self.assertEqual((due("2026-11-26")["left"], here()), (people[1:], []))
        # A later build of the same day knows it too, and nobody must be asked.
        self.site.build("2026-11-26")
        self.site.publish("--unattended")
        self.assertEqual(self.named(people), [])


if __name__ == "__main__":
    unittest.main()
