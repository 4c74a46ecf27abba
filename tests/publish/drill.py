"""The removal drill: takes somebody down from a published site of 2,000, then everybody whose agency begins to ban listings, and
measures each step against the promise. On an
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


def show(what, measured, calls, site):
    print(f"{what} from {len(site.files())} files, {calls} calls")
    print(f"{'step':<38} {'seconds':>8} {'promised':>9}")
    for step, took in measured.items():
        print(f"{step:<38} {took:>8.2f} {PROMISES[step]:>9}")
    return [f"{what}: {step}" for step, took in measured.items() if took > PROMISES[step]]


def one(site):
    person = site.shown("search_engines: 'true'")[0]
    call("/_reset")
    begun = time.time()
    done = json.loads(site.here("remove", person, "--json").stdout)
    calls = call("/_counts")["calls"]
    steps = {step["step"]: seconds(begun, step["at"]) for step in done["steps"]}
    site.replace(person, "withdrawn: ", "withdrawn: 2026-11-22 # ")
    site.build()
    site.here("publish")
    return [person], show(f"removal of {person}", dict(zip(PROMISES, [steps["marked"], steps["erased"], steps["purged"], time.time() - begun])), calls, site)


def all_of_an_agency(site):
    people = site.an_agency_begins_to_ban()
    call("/_reset")
    begun = time.time()
    # Nobody has built yet: they go all the same, and the rest is refused.
    site.here("publish", "--unattended", status=2)
    calls = call("/_counts")["calls"]
    left = json.loads(s3().get_object(Bucket="site", Key="publish/left.json")["Body"].read())
    steps = [max(seconds(begun, left[person]["steps"][step]) for person in people) for step in ["marked", "erased", "purged"]]
    site.build()
    site.here("publish", "--unattended")
    return people, show(f"a ban of {len(people)} people", dict(zip(PROMISES, [*steps, time.time() - begun])), calls, site)


def main():
    site = Site(2000)
    try:
        site.here("publish")
        late = []
        for leave in [one, all_of_an_agency]:
            people, took = leave(site)
            late += took
            left = [path for path in stored(s3()) if any(person in path for person in people)]
            assert not left, f"still stored: {left}"
        sys.exit(f"later than promised: {late}" if late else 0)
    finally:
        site.remove()


main()
