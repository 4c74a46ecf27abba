"""The publisher beside a dead one, a stale build, a wrong setting and an impatient hand: what it refuses, and what it never holds
up."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from publishing import EDGE, s3, stored  # noqa: E402
from site_root import Site, call, command  # noqa: E402

LOCK = "publish/lock.json"
PROMISED = 60


class Beside(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site, cls.s3 = Site(120), s3()

    @classmethod
    def tearDownClass(cls):
        cls.site.remove()

    def is_locked(self):
        return "Contents" in self.s3.list_objects_v2(Bucket="site", Prefix=LOCK)

    def lock(self):
        held = {"owner": "a dead laptop", "deploy": "x", "until": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 800))}
        self.s3.put_object(Bucket="site", Key=LOCK, Body=json.dumps(held).encode())

    def receipt(self, person):
        return (self.site.root / f"var/removals/{person}/receipt.txt").read_text()

    def assert_said(self, receipt):
        """Only what happened: without an edge, nothing is said of one."""
        self.assertIn("were deleted", receipt)
        for words in ["its address says that", "had dropped its copies"]:
            (self.assertIn if EDGE else self.assertNotIn)(words, receipt)

    def test_everything(self):
        site = self.site
        with self.subTest("a wrong sender is found before anything is published"), mock.patch.dict(os.environ, MAIL_FROM="hello at example"):
            refused, calls = site.publish(status=2)
            self.assertIn("MAIL_FROM", refused)
            self.assertEqual(calls["writes"], 0)
        with self.subTest("Ctrl-C gives the lock back, and the next publish goes on"):
            for kind in (signal.SIGINT, signal.SIGTERM):
                running = subprocess.Popen([command, "--root", str(site.root), "publish", "--any-day", "--parallel", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                while not self.is_locked():
                    self.assertIsNone(running.poll(), "it was done before it could be stopped")
                running.send_signal(kind)
                said = running.communicate()[1]
                self.assertEqual(running.returncode, 2, said)
                self.assertIn("stopped", said)
                self.assertFalse(self.is_locked())
            plan, _ = site.publish()
            self.assertEqual((plan["done"], plan["told"], plan["failed"]), (True, [], []))
        with self.subTest("looking at everything, and finding nothing, publishes nothing"):
            plan, calls = site.publish("--verify")
            self.assertEqual((plan["done"], calls["writes"]), (False, 0))
        first, second, third = site.shown()[:3]
        with self.subTest("a dead publisher's lock holds up no removal, and the status may be written in any way"):
            site.replace(first, "status: listed", "status : listed")
            self.lock()
            begun = time.monotonic()
            done = json.loads(site.here("remove", first, "--json").stdout)
            self.assertLess(time.monotonic() - begun, PROMISED)
            self.assertIn("a dead laptop is publishing", done["waits"])
            self.assertEqual([path for path in stored(self.s3) if f"/{first}/" in path], [])
            self.assert_said(self.receipt(first))
            refused, _ = site.publish(status=2)
            self.assertIn("changed since the site was built", refused, "a build from before shows them")
            site.replace(first, "withdrawn: ", "withdrawn: 2026-11-22 # ")
            site.build()
            refused, _ = site.publish(status=2)
            self.assertIn("--break-lock 'a dead laptop'", refused)
            site.publish("--break-lock", "a dead laptop")
            self.assertNotIn(first.encode(), self.s3.get_object(Bucket="site", Key="site/people/index.html")["Body"].read())
        with self.subTest("whoever was taken down by a publish has a receipt too, and so has whoever asks twice"):
            site.replace(second, "status: listed", "withdrawn: 2026-11-22\nstatus: withdrawn")
            site.build()
            site.publish()
            for _ in range(2):
                site.here("remove", second, "--reference", "KM7P-T4RX")
                self.assert_said(self.receipt(second))
                self.assertIn("KM7P-T4RX", self.receipt(second))
                urls = (site.root / f"var/removals/{second}/search-engines.txt").read_text()
                self.assertIn(f"/people/{second}/\n", urls)
        with self.subTest("a refused plan is still JSON"):
            site.replace(second, "withdrawn: 2026-11-22\nstatus: withdrawn", "status: listed")
            site.build()
            done = site.here("publish", "--dry-run", "--json", status=2)
            plan = json.loads(done.stdout)
            self.assertEqual((plan["done"], plan["unwanted"]), (False, [second]))
            self.assertIn(f"--return {second}", plan["help"])
            site.publish("--return", second)
            self.assertIn(f"people/{second}/index.html", stored(self.s3))
        with self.subTest("a page that names what is not built is not published"):
            style = next((site.root / "site/assets").glob("site-*.css"))
            style.rename(style.with_suffix(".away"))
            refused, calls = site.publish(status=2)
            self.assertIn(f"assets/{style.name} is missing", refused)
            self.assertEqual(calls["writes"], 0)
            style.with_suffix(".away").rename(style)
        with self.subTest("the history says what can no longer be brought back"):
            site.here("remove", third)
            history = site.here("publish", "history").stdout
            self.assertIn("cannot be brought back: somebody was removed since", history)


if __name__ == "__main__":
    unittest.main()
