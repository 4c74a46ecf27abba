"""What the guide of a server sets up beside it: the runs of the day and of the hour, the backup, the units."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from place import GUIDE, PROJECT, Person, Place  # noqa: E402
from nginx import Nginx, free_port  # noqa: E402


def git(root, *words):
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)


class Guide(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.end)

    def test_the_day_takes_a_registration_to_its_page_and_whoever_leaves_off_it(self):
        place = self.place
        git(place.root, "init", "-q")
        (place.root / ".gitignore").write_text("var/\n")
        git(place.root, "add", "-A")
        git(place.root, "commit", "-q", "-m", "site")
        theirs = place.folder / "theirs"
        git(place.folder, "clone", "-q", "--bare", str(place.root), str(place.folder / "host.git"))
        git(place.folder, "clone", "-q", str(place.folder / "host.git"), str(theirs))
        git(place.root, "remote", "add", "origin", str(place.folder / "host.git"))
        git(place.root, "fetch", "-q")
        git(place.root, "branch", "-q", "--set-upstream-to=origin/main")
        server = place.serve("--trust-proxy", "127.0.0.1")
        door = place.nginx(server)
        visitor = Person(door)
        reference, code = Person(door).register()

        def withdraw(person):
            """Somebody withdraws elsewhere, which is pushed; the photos that their page here had until then."""
            photos = set(re.findall(r'/photos/[^" ,]+', visitor.ask("GET", f"/people/{person}/")[2]))
            self.assertTrue(photos)
            file = theirs / f"profiles/{person}.yaml"
            file.write_text(re.sub(r"^status: listed$", "status: withdrawn", file.read_text(), flags=re.M))
            git(theirs, "commit", "-qam", f"{person} withdraws")
            git(theirs, "push", "-q")
            return photos

        with self.subTest("what was promoted is public after the day's run, and its sender is told once"):
            place.command("review", "promote", reference, "--yes", "--as", "walk")
            profile = place.row(reference)["profile"]
            self.assertEqual(visitor.ask("GET", f"/people/{profile}/")[0], 404)
            for _ in range(2):
                place.script("daily")
                self.assertEqual(visitor.ask("GET", f"/people/{profile}/")[0], 200)
                self.assertEqual(place.row(reference)["state"], "published")
                [live] = [mail for mail in place.mails() if reference in mail and "/people/" in mail]
                self.assertIn("To: maria@example.org", live)
        with self.subTest("what others pushed is got"):
            photos = withdraw("marcus-k7m2q")
            # The hour takes down whoever withdrew elsewhere, before anything is pulled and built.
            for run in ["hourly", "daily"]:
                place.script(run)
                for path in ["/people/marcus-k7m2q/", *photos]:
                    status, _, page = visitor.ask("GET", path)
                    self.assertEqual((status, "taken down" in page), (410, True), (run, path))
        with self.subTest("whoever left elsewhere stays gone where the host does not answer, and where a pull is refused"):
            photos = withdraw("june-9b3jb")
            about = place.root / "content/en/pages/about.md"
            about.write_text(about.read_text() + "\nOne more line.\n")
            git(place.root, "commit", "-qam", "here alone")
            for run, moved in [("hourly", False), ("daily", False), ("daily", True), ("hourly", True)]:
                if moved:
                    (place.folder / "host.git").rename(place.folder / "moved.git")
                said = place.script(run, status=int(run == "daily"))
                self.assertEqual("did not come" in said, run == "daily", said)
                for path in ["/people/june-9b3jb/", *photos]:
                    self.assertEqual(visitor.ask("GET", path)[0], 410, (run, moved, path))
                if moved:
                    (place.folder / "moved.git").rename(place.folder / "host.git")
            # A rebase that was stopped leaves no branch checked out, and git trusts nobody's folder but one's own.
            git(place.root, "checkout", "-q", "--detach")
            foreign = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
            for env, is_told in [({}, False), (foreign, True)]:
                for run in ["daily", "hourly"]:
                    said = place.script(run, status=int(is_told or run == "daily"), **env)
                    self.assertEqual("what others pushed cannot be read" in said, is_told, said)
                    for path in ["/people/june-9b3jb/", *photos]:
                        self.assertEqual(visitor.ask("GET", path)[0], 410, (run, env, path))
                git(place.root, "checkout", "-q", "main")
            git(place.root, "pull", "-q", "--rebase")
            git(place.root, "push", "-q")
            place.script("daily")
            self.assertEqual(visitor.ask("GET", "/people/june-9b3jb/")[0], 410)
        with self.subTest("whoever is listed again here is there, though nobody else has heard of it"):
            place.rewrite("profiles/june-9b3jb.yaml", r"^status: withdrawn$", "status: listed")
            git(place.root, "commit", "-qam", "June comes back")
            for run in ["daily", "hourly"]:
                place.script(run)
                for path in ["/people/june-9b3jb/", *photos]:
                    self.assertEqual(visitor.ask("GET", path)[0], 200, (run, path))
            git(place.root, "push", "-q")
        with self.subTest("whoever was given another id, and withdraws, goes under the one that is up"):
            before, after = place.root / "profiles/june-9b3jb.yaml", place.root / "profiles/juni-9b3jb.yaml"
            text = before.read_text()
            after.write_text(re.sub(r"^status: listed$", "status: withdrawn", text.replace("june-9b3jb", "juni-9b3jb"), flags=re.M))
            before.unlink()
            place.script("hourly")
            for path in ["/people/june-9b3jb/", *photos]:
                self.assertEqual(visitor.ask("GET", path)[0], 410, path)
            before.write_text(text)
            after.unlink()
            place.script("daily")
            self.assertEqual(visitor.ask("GET", "/people/june-9b3jb/")[0], 200)
        with self.subTest("a ban takes down whoever its agency holds, whatever is broken beside it"):
            agency = re.search(r"^agency: (\S+)$", (place.root / "content/facilities/river-bend.yaml").read_text(), re.M)[1]
            rules = (place.root / f"content/agencies/{agency}.yaml").read_text()
            held = [place.root / "content/facilities" / file.name for file in (place.root / "content/facilities").glob("*.yaml") if f"agency: {agency}" in file.read_text()]
            people = [file.stem for file in (place.root / "profiles").glob("*.yaml") if any(f"facility: {facility.stem}\n" in file.read_text() for facility in held)]
            people = [one for one in people if visitor.ask("GET", f"/people/{one}/")[0] == 200]
            self.assertTrue(people)
            place.rewrite(f"content/agencies/{agency}.yaml", r"^  rule: \w+$", "  rule: banned")
            (place.root / "profiles/broken-k7m2q.yaml").write_text("{")
            place.script("hourly")
            self.assertEqual({visitor.ask("GET", f"/people/{one}/")[0] for one in people}, {410})
            (place.root / "profiles/broken-k7m2q.yaml").unlink()
            (place.root / f"content/agencies/{agency}.yaml").write_text(rules)
            place.script("daily")
            self.assertEqual({visitor.ask("GET", f"/people/{one}/")[0] for one in people}, {200})
        with self.subTest("leaving waits for no build"):
            left = next(file.stem for file in sorted((place.root / "profiles").glob("*.yaml")) if (place.site / f"people/{file.stem}/index.html").exists())
            place.rewrite(f"profiles/{left}.yaml", r"^status: \w+$", "status: withdrawn")
            (place.root / "profiles/broken-k7m2q.yaml").write_text("{")
            self.assertIn("nothing was built", place.script("daily", status=1))
            self.assertEqual(visitor.ask("GET", f"/people/{left}/")[0], 200)
            place.script("hourly")
            self.assertEqual(visitor.ask("GET", f"/people/{left}/")[0], 410)
        with self.subTest("whoever comes back is there, but not whom a hand took down"):
            (place.root / "profiles/broken-k7m2q.yaml").unlink()
            place.rewrite(f"profiles/{left}.yaml", r"^status: \w+$", "status: listed")
            (place.site / ".gone" / profile).touch()
            place.script("daily")
            self.assertEqual(visitor.ask("GET", f"/people/{left}/")[0], 200)
            self.assertEqual(visitor.ask("GET", f"/people/{profile}/")[0], 410)
        with self.subTest("the last day of somebody ends without a build"):
            due = place.site / ".due"
            due.write_text(re.sub(rf"^\S+ {left}$", f"2026-01-01T00:00:00Z {left}", due.read_text(), flags=re.M))
            place.script("hourly")
            self.assertEqual(visitor.ask("GET", f"/people/{left}/")[0], 410)

    def test_forms_go_on_and_nobody_is_shown_where_it_cannot_be_read_whose_days_are_over(self):
        due = self.place.site / ".due"
        due.write_text(due.read_text() + "2026-1\n")
        server = self.place.serve("--with-site")
        visitor = Person(server.address, "127.0.0.1")
        for path, status in [("/send/register", 200), ("/about/", 200), ("/people/marcus-k7m2q/", 503)]:
            self.assertEqual(visitor.ask("GET", path)[0], status, path)
        self.place.build()
        for _ in range(100):
            if visitor.ask("GET", "/people/marcus-k7m2q/")[0] == 200:
                break
            time.sleep(0.1)
        self.assertEqual(visitor.ask("GET", "/people/marcus-k7m2q/")[0], 200)

    def test_a_half_filled_form_is_kept_as_long_as_promised(self):
        drafts = self.place.root / "var/drafts"
        drafts.mkdir()
        for name, days in [("old", 15.1), ("young", 14.9)]:
            (drafts / name).write_text("sealed")
            moment = time.time() - days * 24 * 3600
            os.utime(drafts / name, (moment, moment))
        self.place.script("hourly")
        self.assertEqual([file.name for file in drafts.iterdir()], ["young"])

    def test_what_cannot_be_got_or_told_ends_with_a_word_and_the_rest_is_done(self):
        git(self.place.root, "init", "-q")
        git(self.place.root, "remote", "add", "origin", str(self.place.folder / "nowhere.git"))
        self.assertIn("did not come", self.place.script("daily", status=1))
        self.assertTrue((self.place.site / "index.html").exists())

    def test_a_backup_is_made_for_whoever_has_the_key_alone_and_brings_everything_back(self):
        server = self.place.serve()
        reference, _ = Person(server.address, "127.0.0.1").register()
        to, keys = self.place.folder / "backups", self.place.folder / "gnupg"
        self.assertIn("no backup was made", self.place.script("backup", status=1, BACKUP_TO=str(to), BACKUP_AGE="", BACKUP_GPG=""))
        keys.mkdir(mode=0o700)
        env = {"GNUPGHOME": str(keys), "BACKUP_TO": str(to), "BACKUP_AGE": "", "BACKUP_GPG": "keeper@example.org"}
        quiet = ["gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""]
        subprocess.run([*quiet, "--quick-generate-key", "keeper@example.org", "default", "default", "never"], check=True, capture_output=True, env=os.environ | env)
        self.addCleanup(subprocess.run, ["gpgconf", "--kill", "all"], env=os.environ | env, check=False)
        file = pathlib.Path(self.place.script("backup", **env).strip())
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(b"Quentin", file.read_bytes())
        opened = subprocess.run([*quiet, "--decrypt", str(file)], check=True, capture_output=True, env=os.environ | env).stdout
        packed = self.place.folder / "opened.tar.gz"
        packed.write_bytes(opened)
        self.assertEqual(server.kill(), 0)
        for part in ["var", "profiles"]:
            shutil.rmtree(self.place.root / part)
        with tarfile.open(packed) as pack:
            pack.extractall(self.place.root)
        self.assertIn("Quentin", self.place.command("review", "show", reference))
        self.assertTrue((self.place.root / "var/seal.keys").exists())

    def test_the_lines_for_tls_are_what_nginx_takes(self):
        lines = re.sub(r"^(    )?# (?=listen |ssl_|server|return |\}|    )", r"\1", (GUIDE / "nginx.conf").read_text(), flags=re.M)
        lines = lines.replace("    listen 80;\n", "", 1)
        key, certificate = self.place.folder / "key.pem", self.place.folder / "certificate.pem"
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=www.example.org", "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(make, check=True, capture_output=True)
        for old, new in [
            ("listen 443 ", f"listen 127.0.0.1:{free_port()} "), ("listen [::]:443 ", f"listen 127.0.0.1:{free_port()} "),
            ("listen 80 ", f"listen 127.0.0.1:{free_port()} "), ("listen [::]:80 ", f"listen 127.0.0.1:{free_port()} "),
            ("/etc/letsencrypt/live/www.example.org/fullchain.pem", str(certificate)), ("/etc/letsencrypt/live/www.example.org/privkey.pem", str(key)),
        ]:
            self.assertIn(old, lines)
            lines = lines.replace(old, new)
        self.assertEqual(len(re.findall(r"^server \{", lines, re.M)), 2, lines)
        Nginx.check(lines)

    def test_the_package_carries_all_that_the_guide_names(self):
        manifest = (PROJECT / "generator/Cargo.toml").read_text()
        packed = re.findall(r'"\.\./infra/server/([^"]+)"', manifest)
        there = sorted(file.name for file in GUIDE.iterdir() if file.name != "Containerfile")
        self.assertEqual(sorted(packed), there)
        guide = (GUIDE / "README.md").read_text()
        for name in there:
            if name != "README.md":
                self.assertIn(name.split("@")[0].split(".")[0], guide, f"{name} is in no line of the guide")

    def test_the_units_are_shut_as_far_as_they_say(self):
        if shutil.which("systemd-analyze") is None:
            print("NOT CHECKED: the units (there is no systemd-analyze here)", file=sys.stderr)
            return
        for unit, most in [("inside-out.service", 15), ("inside-out-daily.service", 35), ("inside-out-hourly.service", 35)]:
            done = subprocess.run(["systemd-analyze", "security", "--offline=true", f"--threshold={most}", "--no-pager", str(GUIDE / unit)], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, f"{unit}: {done.stdout[-200:]}{done.stderr}")
        for timer in GUIDE.glob("*.timer"):
            when = re.search(r"^OnCalendar=(.*)$", timer.read_text(), re.M)[1]
            subprocess.run(["systemd-analyze", "calendar", when], check=True, capture_output=True)


if __name__ == "__main__":
    unittest.main()
