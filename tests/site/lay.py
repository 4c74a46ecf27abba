"""The site on which tests stand, for those in Python and in shells: as src/lib.rs tells.

    tests/site/lay.py FOLDER
"""

import pathlib
import shutil
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
OWN = PROJECT / "tests/site/root"


def lay(root):
    """Lays the tests' site into a folder that is not there yet."""
    for part in ["content", "templates/assets", "templates/html"]:
        shutil.copytree(PROJECT / part, root / part)
    shutil.rmtree(root / "content/facilities", ignore_errors=True)
    (root / "content/site.yaml").unlink(missing_ok=True)
    shutil.copytree(OWN, root, dirs_exist_ok=True)


if __name__ == "__main__":
    lay(pathlib.Path(sys.argv[1]))
