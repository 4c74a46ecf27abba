"""Leaving never waits, nobody comes back by accident, and time passes without us: sixty people for each reason, two roots of which
one is stale, and days on which nobody builds. On every emulator."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from publishing import s3, stored  # noqa: E402
from site_root import DAY, Site, call  # noqa: E402
from lay import OWN  # noqa: E402

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
        banned = self.site.an_agency_begins_to_ban()
        self.assertGreaterEqual(len(banned), 60)
        left = dict.fromkeys(banned, "listing-banned")
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
        self.assertEqual(plan["left"], left)
        self.assertEqual(plan["removals"], [])
        self.assertEqual(self.named(left), [])

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
        self.assertRegex(done.stderr, r"publishing this folder would undo it: nothing was published[\s\S]*--over \S+")
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
        done = self.site.here("publish", status=2)
        self.assertIn(f"no commit holds profiles/{person}.yaml", done.stderr)
        self.assertIn(f"{person} is taken down: withdrawn.", done.stdout)
        git(self.site.root, "commit", "-qam", "two")
        self.assertTrue(self.site.publish()[0]["done"])
        elsewhere = lambda *words, status=0: self.site.run("--root", str(other), *words, status=status)
        elsewhere("build", "--date", DAY)
        self.assertIn("which this root does not hold", elsewhere("publish", "--any-day", status=2).stderr)
        git(other, "pull", "-q")
        elsewhere("build", "--date", DAY)
        elsewhere("publish", "--any-day")

        with self.subTest("a withdrawal from before somebody was listed again is old news"):
            past = self.site.folder / "past"
            subprocess.run(["git", "clone", "-q", str(self.site.root), str(past)], check=True)
            self.rewrite(person, [(r"^withdrawn: .*\n", ""), (r"^status: withdrawn$", "status: listed")])
            self.site.build()
            git(self.site.root, "commit", "-qam", "three")
            came = self.site.publish("--return", person)[0]
            shown = lambda who: f"people/{who}/index.html" in stored(self.s3)
            self.assertTrue(shown(person), came)
            behind = lambda *words, status=0: self.site.run("--root", str(past), *words, status=status)
            behind("build", "--date", DAY)
            self.assertIn("which this root does not hold", behind("publish", "--any-day", status=2).stderr)
            self.assertTrue(shown(person))
            # What that root says anew counts.
            second = self.site.shown("status: listed")[1]
            file = past / f"profiles/{second}.yaml"
            file.write_text(re.sub(r"^status: .*$", "withdrawn: 2026-11-22\nstatus: withdrawn", file.read_text(), flags=re.M))
            self.assertIn(f"{second} is taken down: withdrawn.", behind("publish", "--any-day", status=2).stdout)
            self.assertTrue(shown(person) and not shown(second))

        with self.subTest("what was published without a commit is followed once one holds it"):
            self.rewrite(second, REASONS["withdrawn"])
            self.site.build()
            self.assertTrue(self.site.publish("--uncommitted")[0]["done"])
            git(other, "pull", "-q")
            elsewhere("build", "--date", DAY)
            self.assertIn(f"changes that no commit held then (profiles/{second}.yaml)", elsewhere("publish", "--any-day", status=2).stderr)
            git(self.site.root, "commit", "-qam", "four")
            git(other, "pull", "-q")
            elsewhere("build", "--date", DAY)
            elsewhere("publish", "--any-day")

    def test_what_was_not_built_today_or_changed_since_is_not_published(self):
        self.begin()
        self.assertIn("the site was built for 2026-11-23", self.site.run("--root", str(self.site.root), "publish", status=2).stderr)
        person = self.site.shown("status: listed")[0]
        self.rewrite(person, REASONS["withdrawn"])
        self.assertIn("changed since the site was built", self.site.here("publish", status=2).stderr)
        self.assertEqual([path for path in stored(self.s3) if person in path], [])
        other = self.site.shown("status: listed")[1]
        self.rewrite(other, [(r"^facility: .*$", r"\g<0> ")])
        call("/_reset")
        self.assertIn("changed since the site was built", self.site.here("publish", status=2).stderr)
        self.assertEqual(call("/_counts")["writes"], 0)

    def test_leaving_waits_for_nothing(self):
        """Whatever is wrong with the rest of a root, somebody who withdraws is gone after one publish, which says what is wrong."""
        self.begin()
        root, people = self.site.root, self.site.shown("status: listed")
        theirs = lambda person: root / f"profiles/{person}.yaml"
        slip = lambda _: theirs(people[-1]).write_text(theirs(people[-1]).read_text() + "colour: blue\n")
        merge = lambda person: theirs(person).write_text(f"<<<<<<< mine\nstatus: listed\n=======\n{theirs(person).read_text()}>>>>>>> theirs\n")
        lose = lambda _: next((root / "site/people").glob("*/index.html")).unlink()
        mail = {"MAIL_SMTP_URL": "no address", "MAIL_FROM": "hello@example.org"}
        wrongs = {
            "a mail server without an address": (self.site.build, lambda _: None, "MAIL_SMTP_URL", mail),
            "a file of the site that is missing": (self.site.build, lose, "is missing: visitors would miss it", {}),
            "no new build": (lambda: None, lambda _: None, "changed since the site was built", {}),
            "a slip in another profile": (lambda: None, slip, "changed since the site was built", {}),
            "an unfinished merge in their own": (lambda: None, merge, "changed since the site was built", {}),
            "no site at all": (lambda: None, lambda _: shutil.rmtree(root / "site"), "holds no built site", {}),
        }
        for person, (what, (build, spoil, said, environment)) in zip(people, wrongs.items()):
            with self.subTest(what):
                before = theirs(people[-1]).read_text()
                self.site.build()
                self.rewrite(person, REASONS["withdrawn"])
                build()
                spoil(person)
                words = [os.environ["INSIDE_OUT"], "--root", root, "publish", "--any-day", "--unattended"]
                done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, **environment})
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertIn(said, done.stderr)
                self.assertIn(f"{person} is taken down: withdrawn.", done.stdout)
                self.assertEqual([path for path in stored(self.s3) if person in path], [])
                theirs(people[-1]).write_text(before)
                if what.startswith("an unfinished"):
                    theirs(person).unlink()

    def test_whoever_left_and_is_still_listed_holds_nobody_up(self):
        self.begin()
        banned = self.site.an_agency_begins_to_ban()
        stays, goes, *_ = [person for person in self.site.shown() if person not in banned]
        file = self.site.root / f"profiles/{stays}.yaml"
        listed = file.read_text()
        # Somebody takes a page down, and pushes the profile to nobody.
        self.site.here("remove", stays)
        file.write_text(listed)
        self.rewrite(goes, REASONS["withdrawn"])
        before = self.s3.get_object(Bucket="site", Key="function/bundle.json")["Body"].read()
        for _ in range(2):
            self.site.build()
            told = self.site.here("publish", "--unattended", status=1).stdout
            self.assertIn(f"{stays} left, and profiles/ still lists them", told)
            self.assertIn(f"--return {stays}", told)
            self.assertEqual(self.named([stays, goes, *banned]), [])
        self.assertNotEqual(self.s3.get_object(Bucket="site", Key="function/bundle.json")["Body"].read(), before, "the function knows of the ban")
        self.site.build()
        done = json.loads(self.site.here("publish", "--unattended", "--json", status=1).stdout)
        self.assertEqual(done["left_out"], [stays])
        # The folder was built without them: it brings nobody back.
        self.assertIn("has no page in the built site", self.site.here("publish", "--return", stays, status=2).stderr)
        # Whoever watches is asked.
        self.site.build()
        self.assertIn("left, and the built site shows them again", self.site.here("publish", status=2).stderr)
        self.site.here("publish", "--unattended", "--return", stays)
        self.assertEqual(self.named([stays]), [stays])

    def test_an_edge_that_is_not_known_here_is_told_later(self):
        self.begin(5)
        person = self.site.shown()[0]
        blind = {"SITE_DISTRIBUTION": "", "SITE_KEY_VALUES": ""}
        if "SITE_DISTRIBUTION" not in os.environ:
            # One emulator has no edge: then there is none to tell.
            return self.assertNotIn("the edge", self.site.here("remove", person, env=blind).stdout)
        told = self.site.here("remove", person, env=blind, status=1).stdout
        self.assertIn("the edge was not told", told)
        self.assertIn("SITE_DISTRIBUTION", told)
        self.assertNotIn("edge", self.site.here("remove", person).stdout)
        self.assertIn("has had no page since", self.site.here("remove", person).stdout)

    def give_both(self, people, picture):
        """Gives some people the very same picture."""
        (self.site.root / "profiles/photos").mkdir(exist_ok=True)
        for person in people:
            (self.site.root / f"profiles/photos/{person}.jpg").write_bytes(picture)
            file = self.site.root / f"profiles/{person}.yaml"
            text = re.sub(r"^photo:\n(  .*\n)+", "", file.read_text(), flags=re.M)
            file.write_text(f"{text}photo:\n  description: Two brothers before a house\n")

    def pictures(self):
        """Two pictures, and two people who are to share them."""
        photos = sorted((OWN / "profiles/photos").glob("*.jpg"))
        return [photo.read_bytes() for photo in photos[:2]], self.site.shown("status: listed")[:2]

    def test_whoever_shared_a_photo_that_was_replaced_is_removed(self):
        self.begin(8)
        pictures, brothers = self.pictures()
        sent = []
        for picture in pictures:
            before = {path for path in stored(self.s3) if path.startswith("photos/")}
            self.give_both(brothers, picture)
            self.site.build()
            self.site.publish()
            sent.append({path for path in stored(self.s3) if path.startswith("photos/")} - before)
        self.assertTrue(all(sent), "neither picture was anybody else's")
        goes = brothers[0]
        self.assertIn(f"{goes} is taken down", self.site.here("remove", goes).stdout)
        self.assertEqual([path for path in stored(self.s3) if goes in path], [])
        self.assertTrue(sent[1] <= set(stored(self.s3)), "their brother's picture stays")
        everything = self.s3.list_object_versions(Bucket="site", Prefix="site/photos/")
        kept = {item["Key"].removeprefix("site/") for item in everything.get("Versions", [])}
        self.assertEqual(sent[0] & kept, set(), "the one before is nowhere")
        self.assertTrue(json.loads(self.s3.get_object(Bucket="site", Key="publish/left.json")["Body"].read())[goes]["asked"])

    def test_a_photo_of_two_stays_with_the_other_and_the_receipt_says_so(self):
        self.begin(8)
        [picture, _], (one, other) = self.pictures()
        self.give_both([one, other], picture)
        self.site.build()
        self.site.publish()
        done = self.site.here("remove", one)
        self.assertIn(f"the photo of {one} is on the page of {other} too, and stays there", done.stdout + done.stderr)
        receipt = (self.site.root / f"var/removals/{one}/receipt.txt").read_text()
        self.assertIn("The photo that was on it is also the one on somebody else", " ".join(receipt.split()))
        self.assertNotIn("its photo and every older copy", " ".join(receipt.split()))
        self.assertTrue(any(path.startswith("photos/") for path in stored(self.s3)))
        # Whoever asks again is told the same; and once the other lets it go, it is nowhere.
        self.assertEqual(json.loads(self.site.here("remove", one, "--json").stdout)["photo_stays_with"], [other])
        self.site.here("remove", other)
        self.assertEqual(json.loads(self.site.here("remove", one, "--json").stdout)["photo_stays_with"], [])
        self.assertNotIn("stays there", (self.site.root / f"var/removals/{other}/receipt.txt").read_text())

    def rename(self, person):
        """Gives a profile another id, as an editor does whose shown name was wrong."""
        profiles, now = self.site.root / "profiles", f"newname-{person.rsplit('-')[-1]}"
        file = profiles / f"{person}.yaml"
        (profiles / f"{now}.yaml").write_text(file.read_text().replace(f"id: {person}", f"id: {now}"))
        file.unlink()
        picture = profiles / f"photos/{person}.jpg"
        if picture.exists():
            picture.rename(profiles / f"photos/{now}.jpg")
        return now

    def test_whoever_was_renamed_goes_under_whichever_id(self):
        self.begin(8)
        first, second, third = self.site.shown("status: listed")[:3]
        profile = lambda person: (self.site.root / f"profiles/{person}.yaml").read_text()
        receipt = lambda person: self.site.root / f"var/removals/{person}/receipt.txt"
        with self.subTest("the old page is still up"):
            now = self.rename(first)
            told = self.site.here("remove", now)
            self.assertIn(f"{first} is taken down", told.stdout)
            self.assertIn(f"{first} has the agency and the number of {now}", told.stdout + told.stderr)
            self.assertEqual([path for path in stored(self.s3) if first in path], [])
            self.assertTrue(receipt(first).exists() and not receipt(now).exists(), "only of what was there")
            self.assertIn("status: withdrawn", profile(now))
        with self.subTest("the new page is up, and no profile has the old id"):
            now = self.rename(second)
            self.site.build()
            self.site.publish()
            done = json.loads(self.site.here("remove", second, "--json").stdout)
            self.assertEqual([also["person"] for also in done["also"]], [now])
            self.assertEqual([path for path in stored(self.s3) if now in path], [])
            self.assertIn("status: withdrawn", profile(now))
            self.assertTrue(receipt(now).exists())
            again = json.loads(self.site.here("remove", second, "--json").stdout)
            self.assertEqual((again["was_there"], again["also"][0]["was_there"]), (False, False))
        with self.subTest("a renamed profile is withdrawn, and the build is refused"):
            now = self.rename(third)
            self.rewrite(now, REASONS["withdrawn"])
            told = self.site.here("publish", "--unattended", status=2)
            self.assertIn(f"{third} is taken down: withdrawn.", told.stdout)
            self.assertEqual(self.named([third]), [third], "lists wait for the next build")
            self.assertEqual([path for path in stored(self.s3) if third in path], [])
        with self.subTest("nobody knows whom an id means"):
            told = self.site.here("remove", "nobody-k7m2q", status=1)
            self.assertIn("nobody can tell who they are", told.stdout + told.stderr)
            self.assertFalse((self.site.root / "var/removals/nobody-k7m2q").exists())

    def test_whoever_left_comes_back_under_no_other_id(self):
        self.begin(8)
        stale = self.site.folder / "stale"
        shutil.copytree(self.site.root, stale)
        person = self.site.shown("status: listed")[0]
        self.site.here("remove", person)
        # Where nobody has pulled that, an editor renames the file, and gives it the new id.
        self.site.root = stale
        now = self.rename(person)
        self.site.build()
        why = self.site.publish(status=2)[0]
        self.assertIn(f"{now}, who is {person}, left, and the built site shows them again", why)
        done = self.site.here("publish", "--unattended", status=1)
        self.assertIn(now, done.stdout + done.stderr)
        self.assertEqual(self.named([person, now]), [])

    def test_a_day_to_come_empties_nothing(self):
        self.begin(60)
        before = {path: item["ETag"] for path, item in stored(self.s3).items()}
        self.assertIn("is a day to come", self.site.here("publish", "due", "--date", "2035-01-01", status=2).stderr)
        self.site.build("2035-01-01")
        self.assertRegex(self.site.publish("--unattended", status=2)[0], r"would be deleted for no reason that is known: nothing was published")
        self.assertEqual({path: item["ETag"] for path, item in stored(self.s3).items()}, before)

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
