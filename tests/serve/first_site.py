"""From an empty folder to a real state's site, as the guides tell it: a hundred facilities, a registration, a promotion, a letter's
envelope, before plain nginx and behind it `inside-out serve`; and not a word of the sample in what came out. It tells how long each step took."""

import csv
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "serve"), str(TESTS / "function"), str(TESTS / "site")]
from forms import registration  # noqa: E402
from lay import OWN  # noqa: E402
from place import Person, Place  # noqa: E402

STREETS = ["Mill Road", "Farm Road 40", "County Road 7", "Old Ranch Road", "Prison Road"]
TOWNS = ["Brazos Bend", "Cedar Flat", "Dry Fork", "Eagle Gap", "Fox Hollow", "Gum Springs", "Hay Meadow", "Iron Ford", "Juniper", "Kettle Creek"]


def new(root):
    words = ["--name", "Letters to Texas", "--url", "https://letters-to-texas.org", "--email", "hello@letters-to-texas.org", "--agencies", "texas-doc"]
    words += ["--post", "Letters to Texas", "--post", "PO Box 12", "--post", "Austin, TX 78701", "--time-zone", "America/Chicago"]
    done = subprocess.run([os.environ["INSIDE_OUT"], "new", str(root), *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr


def units():
    """A hundred places as a list of an agency's might have them; all of them are invented."""
    for number in range(100):
        town = TOWNS[number % len(TOWNS)]
        yield {
            "Unit Name": f"{town} {'Unit' if number < 50 else 'State Jail'} {number // len(TOWNS) + 1}",
            "Known As": f"The {town.split()[0]} {number}" if number % 3 == 0 else "",
            "Street": f"{1000 + number} {STREETS[number % len(STREETS)]}",
            "City": town,
            "Zip": f"{75001 + number}",
        }


def words_of_the_sample():
    """By which the sample would be known."""
    words = {"Inside Out Connects", ".example", "Franklin", "River Bend", "PigeonPost"}
    for folder, keys in [("profiles", ["id", "shown_name", "mail_name"]), ("content/facilities", ["id", "name"]), ("content/agencies", ["id", "name"])]:
        for file in (OWN / folder).glob("*.yaml"):
            text = file.read_text()
            words |= {found[1].strip("\"'") for key in keys if (found := re.search(rf"^{key}: (.*)$", text, re.M))}
    # A first name alone stands in words of any site.
    return {word for word in words if not re.fullmatch(r"[A-Z]?[a-z]{1,7}", word)}


class FirstSite(unittest.TestCase):
    def test_half_an_hour_is_enough_for_a_machine(self):
        self.times = []
        place = self.step("an empty folder to a site that is built", lambda: Place(new))
        self.addCleanup(place.end)
        listed = place.folder / "units.csv"
        with listed.open("w", newline="") as file:
            rows = csv.DictWriter(file, ["Unit Name", "Known As", "Street", "City", "Zip"])
            rows.writeheader()
            rows.writerows(units())
        said = self.step("100 facilities", lambda: self.bring(place, listed))
        self.assertEqual(len(list((place.root / "content/facilities").glob("*.yaml"))), 100, said)
        self.assertIn("No problems", place.command("check"))
        place.build()
        server = place.serve("--trust-proxy", "127.0.0.1")
        door = place.nginx(server)
        chosen = "fox-hollow-unit-1"
        fields = [(key, {"facility": chosen}.get(key, value)) for key, value in registration("01234567")]
        person = Person(door)
        reference, _ = self.step("a registration", lambda: person.send_all(fields))
        self.assertIn(reference, place.command("review", "list"))
        where = "https://www.agency.gov/rules"
        promoted = self.step("a promotion", lambda: place.command("review", "promote", reference, "--yes", "--as", "ana", "--rule-read", where))
        identity = re.search(r"profiles/([a-z0-9-]+)\.yaml", promoted)[1]
        self.step("the site once more", place.build)
        alone = place.serve("--with-site")
        for at in [door, alone.address]:
            self.read(at, identity)
        self.search_for_the_sample(place)
        for step, seconds in self.times:
            print(f"  {seconds:6.2f} s  {step}")

    def step(self, name, do):
        began = time.monotonic()
        done = do()
        self.times.append((name, time.monotonic() - began))
        return done

    def bring(self, place, listed):
        heads = [("name", "Unit Name"), ("other_names", "Known As"), ("street", "Street"), ("city", "City"), ("zip", "Zip")]
        maps = [word for key, head in heads for word in ("--map", f"{key}={head}")]
        return place.command("import", "facilities", str(listed), "--agency", "texas-doc", "--source", "https://www.agency.gov/units", *maps, "--yes")

    def read(self, door, identity):
        """The person's page, their envelope, and where a letter is written."""
        status, _, page = Person(door).ask("GET", f"/people/{identity}/")
        self.assertEqual(status, 200)
        for words in ["Quentin Q. Example 01234567", "Fox Hollow Unit 1", "PO Box 660400"]:
            self.assertIn(words, page)
        status, _, letter = Person(door).ask("GET", "/write/")
        self.assertEqual(status, 200)
        self.assertIn('id="letter"', letter)

    def search_for_the_sample(self, place):
        """In every file that visitors can have."""
        words = words_of_the_sample()
        self.assertGreater(len(words), 60)
        for file in (file for file in place.site.rglob("*") if file.is_file()):
            text = file.read_bytes().decode(errors="replace")
            self.assertEqual([word for word in words if word in text], [], file.relative_to(place.site))


if __name__ == "__main__":
    unittest.main()
