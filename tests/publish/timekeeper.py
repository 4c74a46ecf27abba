"""The timekeeper as Lambda runs it: nobody builds or publishes, its hour strikes, and whoever's last day is over is gone."""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.parse

import boto3

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from publishing import s3, stored  # noqa: E402
from site_root import Site, call, project  # noqa: E402

KEYS = {"endpoint_url": os.environ["AWS_ENDPOINT_URL"], "region_name": "us-east-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", project / "target"))
LOG = "/inside-out/timekeeper"


def package():
    """The program that the tests were built with, packed as `make package` packs it."""
    stripped, zipped = TARGET / "debug/timekeeper.stripped", TARGET / "package/timekeeper-test.zip"
    subprocess.run(["strip", "-o", stripped, TARGET / "debug/timekeeper"], check=True)
    subprocess.run([project / "infra/pack", stripped, zipped], check=True, capture_output=True)
    return zipped.read_bytes()


class Timekeeper(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(40)
        cls.due, cls.stays = cls.site.shown("status: listed")[:2]
        file = cls.site.root / f"profiles/{cls.due}.yaml"
        text = re.sub(r"^( *)given: .*$", r"\1given: 2026-01-02", file.read_text(), flags=re.M)
        # A day between that of the build and today.
        file.write_text(re.sub(r"^( *)renew_by: .*$", r"\1renew_by: 2026-11-24", text, flags=re.M))
        cls.site.build()
        cls.site.here("publish")
        # It was published two days ago: its name says when. What the timekeeper does since then is no publish.
        manifest = json.loads(s3().get_object(Bucket="site", Key="publish/manifest.json")["Body"].read())
        then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=50)
        manifest["origin"]["deploy"] = then.strftime("%Y%m%dT%H%M%SZ-0000")
        s3().put_object(Bucket="site", Key="publish/manifest.json", Body=json.dumps(manifest))
        cls.functions = boto3.client("lambda", **KEYS)
        names = ["SITE_BUCKET", "SITE_DISTRIBUTION", "SITE_KEY_VALUES", "AWS_ENDPOINT_URL"]
        cls.functions.create_function(
            FunctionName="timekeeper", Runtime="provided.al2023", Handler="bootstrap", Role="arn:aws:iam::000000000000:role/timekeeper",
            Code={"ZipFile": package()}, Timeout=900, Environment={"Variables": {name: os.environ[name] for name in names}},
            LoggingConfig={"LogGroup": LOG, "LogFormat": "Text"},
        )
        cls.functions.get_waiter("function_active_v2").wait(FunctionName="timekeeper")

    @classmethod
    def tearDownClass(cls):
        cls.functions.delete_function(FunctionName="timekeeper")
        cls.site.remove()

    def strike(self):
        event = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}
        answer = self.functions.invoke(FunctionName="timekeeper", Payload=json.dumps(event).encode())
        said = json.loads(answer["Payload"].read())
        self.assertNotIn("FunctionError", answer, said)
        return said

    def marked(self):
        """What the edge's function finds of them."""
        store, key = (urllib.parse.quote(part, safe="") for part in (os.environ["SITE_KEY_VALUES"], f"gone/{self.due}"))
        return call(f"/key-value-stores/{store}/keys/{key}")["Value"]

    def test_whoever_is_due_goes_within_the_hour(self):
        page = lambda person: f"people/{person}/index.html" in stored(s3())
        self.assertTrue(page(self.due) and page(self.stays))
        said = self.strike()
        self.assertEqual((said["left"], said["waits"]), ([self.due], None))
        self.assertTrue(not page(self.due) and page(self.stays))
        self.assertEqual(self.marked(), "gone")
        self.assertEqual(self.strike()["left"], [])
        # What an alarm counts.
        log = boto3.client("logs", **KEYS)
        lines = [event["message"] for page in log.get_paginator("filter_log_events").paginate(logGroupName=LOG) for event in page["events"]]
        counted = [json.loads(line) for text in lines for line in text.splitlines() if "HoursSincePublish" in line]
        self.assertEqual([line["HoursSincePublish"] for line in counted], [50, 50])
        self.assertEqual(counted[0]["_aws"]["CloudWatchMetrics"][0]["Namespace"], "InsideOut")


if __name__ == "__main__":
    unittest.main()
