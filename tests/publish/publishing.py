"""The publisher against an emulator: 2,000 people, nothing changed, one edited, one removed, one rolled back, calls that fail,
hands in the bucket."""

import os
import pathlib
import sys
import unittest

import boto3

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from site_root import Site, call  # noqa: E402

PEOPLE = 2000 if os.environ["EMULATOR"] == "ministack" else 200
EDGE = "SITE_DISTRIBUTION" in os.environ


def s3():
    return boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")


def stored(client):
    """Every public file, by path."""
    pages = client.get_paginator("list_objects_v2").paginate(Bucket="site", Prefix="site/")
    return {item["Key"].removeprefix("site/"): item for page in pages for item in page.get("Contents", [])}


class Publishing(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.site, cls.s3 = Site(PEOPLE), s3()

    @classmethod
    def tearDownClass(cls):
        cls.site.remove()

    def body(self, path):
        return self.s3.get_object(Bucket="site", Key=f"site/{path}")["Body"].read()

    def assert_public(self):
        """The bucket holds what was built, and beside it only old assets and search files in their grace."""
        built, public = self.site.files(), stored(self.s3)
        self.assertEqual(set(built) - set(public), set())
        left = {path for path in set(public) - set(built) if not path.startswith(("assets/", "search/"))}
        self.assertEqual(left, set())
        sizes = {path: item["Size"] for path, item in public.items() if path in built}
        self.assertEqual(sizes, {path: len(bytes) for path, bytes in built.items()})

    def test_the_whole_life_of_a_site(self):
        site = self.site
        with self.subTest("a dry run writes nothing"):
            plan, calls = site.publish("--dry-run")
            self.assertEqual((plan["done"], calls["writes"]), (False, 0))
            self.assertGreater(len(plan["uploads"]), PEOPLE)
        with self.subTest("the first publish, with every 29th call failing"):
            call("/_reset")
            call("/_fail?every=29")
            site.here("publish")
            counts = call("/_counts")
            self.assertGreater(counts["failed"], PEOPLE // 40)
            call("/_reset")
            self.assert_public()
            page = self.s3.head_object(Bucket="site", Key=f"site/people/{site.shown()[0]}/index.html")
            self.assertEqual(page["ContentType"], "text/html; charset=utf-8")
            self.assertIn("s-maxage=31536000", page["CacheControl"])
            style = next(path for path in site.files() if path.startswith("assets/site-") and path.endswith(".css"))
            self.assertIn("immutable", self.s3.head_object(Bucket="site", Key=f"site/{style}")["CacheControl"])
        with self.subTest("nothing changed: no write, at most three calls"):
            plan, calls = site.publish()
            self.assertFalse(plan["done"])
            self.assertEqual(calls["writes"], 0)
            self.assertLessEqual(calls["calls"], 3)
        with self.subTest("one edited: only what changed goes up"):
            person = site.shown("pronouns:")[0] if site.shown("pronouns:") else site.shown()[0]
            before = site.files()
            site.replace(person, "shown_name: ", "shown_name: Zed ")
            site.build()
            after = site.files()
            plan, calls = site.publish()
            changed = {path for path in after if before.get(path) != after[path]}
            self.assertEqual({upload["path"] for upload in plan["uploads"]}, changed)
            self.assertLess(len(changed), 60)
            # Lock, note, manifest, and giving the lock back; the edge drops copies.
            self.assertLessEqual(calls["writes"], len(changed) + 10)
            self.assert_public()
        with self.subTest("a rollback brings back what was before"):
            killed = site.root / "var/publish/rollback/killed/people/ana-k7m2q/index.html"
            killed.parent.mkdir(parents=True)
            killed.write_text("what a killed rollback had fetched")
            site.here("publish", "rollback")
            self.assertFalse((site.root / "var/publish/rollback").exists(), "nothing fetched is left, of no run")
            self.assertTrue((site.root / "var/publish/seen").exists(), "what this root has met stays known")
            self.assertEqual(self.body(f"people/{person}/index.html"), before[f"people/{person}/index.html"])
            plan, _ = site.publish()
            self.assertEqual({upload["path"] for upload in plan["uploads"]}, changed)
            self.assert_public()
        with self.subTest("one removed: gone in every version, and no rollback brings them back"):
            # The feed forgets whoever stood in it.
            feed = self.body("feed.xml")
            leaver = next(person for person in site.shown("search_engines: 'true'") if f"/people/{person}/".encode() in feed)
            site.here("remove", leaver)
            self.assertIn("status: withdrawn", (site.root / f"profiles/{leaver}.yaml").read_text())
            versions = self.s3.list_object_versions(Bucket="site", Prefix=f"site/people/{leaver}/")
            self.assertEqual(versions.get("Versions", []) + versions.get("DeleteMarkers", []), [])
            urls = (site.root / f"var/removals/{leaver}/search-engines.txt").read_text()
            self.assertIn(f"/people/{leaver}/\n", urls)
            self.assertIn(leaver, (site.root / f"var/removals/{leaver}/receipt.txt").read_text())
            # The day of the test's builds stands before today, on which the removal wrote itself into the profile.
            site.replace(leaver, "withdrawn: ", "withdrawn: 2026-11-22\n# ")
            site.build()
            site.publish()
            self.assert_public()
            for path in ["people/index.html", "index.html", "sitemap.xml"]:
                self.assertNotIn(leaver.encode(), self.body(path))
            self.assertIn(f"/people/{leaver}/\" when=\"2026-11-22".encode(), self.body("feed.xml"))
            refused = site.here("publish", "rollback", status=2)
            self.assertFalse((site.root / "var/publish/rollback").exists())
            self.assertIn("no such earlier publish", refused.stderr, "every state that named them is deleted")
            old = self.s3.list_object_versions(Bucket="site", Prefix="site/people/index.html")["Versions"]
            self.assertEqual([version["IsLatest"] for version in old], [True])
        with self.subTest("what a hand changed in the bucket is found and mended"):
            self.s3.put_object(Bucket="site", Key="site/index.html", Body=b"not ours")
            self.s3.put_object(Bucket="site", Key="site/stray.html", Body=b"nobody published it")
            self.s3.delete_object(Bucket="site", Key="site/404.html")
            plan, _ = site.publish()
            self.assertFalse(plan["done"], "the manifest alone does not show it")
            plan, _ = site.publish("--verify")
            self.assertEqual({upload["path"] for upload in plan["uploads"]}, {"index.html", "404.html"})
            self.assertEqual(plan["deletes"], ["stray.html"])
            self.assert_public()
        with self.subTest("a mass deletion without a reason is refused"):
            for person in site.shown()[: PEOPLE // 4]:
                for file in [f"profiles/{person}.yaml", f"profiles/photos/{person}.jpg"]:
                    (site.root / file).unlink(missing_ok=True)
            site.build()
            refused, calls = site.publish(status=2)
            self.assertIn("--allow-deletes", refused)
            self.assertEqual(calls["writes"], 0)


if __name__ == "__main__":
    unittest.main()
