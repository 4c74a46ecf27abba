"""The removal drill: takes somebody down from a published site of 2,000 and measures each step against the promise. On an
emulator the times are those of our own work; CloudFront adds what its key-value store (seconds) and its purges (a minute or two)
take to reach every place."""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from publishing import s3, stored  # noqa: E402
from site_root import Site, call  # noqa: E402

PROMISES = {"answered with 410 at the edge": 60, "files and old versions deleted": 900, "copies dropped": 900, "lists, search and feed forget them": 900}


def seconds(begun, at):
    from datetime import datetime

    return datetime.fromisoformat(at.replace("Z", "+00:00")).timestamp() - begun


def main():
    site = Site(2000)
    try:
        site.here("publish")
        person = site.shown("search_engines: 'true'")[0]
        call("/_reset")
        begun = time.time()
        done = json.loads(site.here("remove", person, "--json").stdout)
        calls = call("/_counts")["calls"]
        steps = {step["step"]: seconds(begun, step["at"]) for step in done["steps"]}
        site.replace(person, "withdrawn: ", "withdrawn: 2026-11-22 # ")
        site.build()
        site.here("publish")
        forgotten = time.time() - begun
        measured = dict(zip(PROMISES, [steps["marked"], steps["erased"], steps["purged"], forgotten]))
        print(f"removal of {person} from {len(site.files())} files, {calls} calls")
        print(f"{'step':<38} {'seconds':>8} {'promised':>9}")
        for step, took in measured.items():
            print(f"{step:<38} {took:>8.2f} {PROMISES[step]:>9}")
        left = [path for path in stored(s3()) if person in path]
        assert not left, f"still stored: {left}"
        late = [step for step, took in measured.items() if took > PROMISES[step]]
        sys.exit(f"later than promised: {late}" if late else 0)
    finally:
        site.remove()


main()
