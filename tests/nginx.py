"""nginx for a test: got if it is not there, run with one server's lines on a free port of loopback, and ended with the test."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

TYPES = "types { text/html html; text/css css; text/javascript js; image/svg+xml svg; image/jpeg jpg; application/xml xml; text/plain txt; application/json json; }"
CHARSET = "charset utf-8; charset_types text/css text/javascript application/xml text/plain;"


def install():
    if shutil.which("nginx") or pathlib.Path("/usr/sbin/nginx").exists():
        return
    sudo = [] if os.getuid() == 0 else ["sudo"]
    # A package that starts a server of its own on every address is not wanted: it is only unpacked.
    subprocess.run([*sudo, "apt-get", "update", "-qq"], check=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}}
    subprocess.run([*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "nginx-light"], check=True, **quiet)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(place, lines):
    """What runs nginx in a folder, with lines that stand in `http`."""
    install()
    paths = " ".join(f"{kind}_temp_path {place}/{kind};" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    (place / "nginx.conf").write_text(
        f"daemon off; pid {place}/pid; error_log {place}/error.log; events {{}} user {'root' if os.getuid() == 0 else 'nobody'};\n"
        f"http {{ {TYPES} {CHARSET} access_log off; {paths}\n{lines}\n}}\n"
    )
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(place / "nginx.conf")]


class Nginx:
    """`lines` are what stands in `http`, with `PORT` where it listens."""

    def __init__(self, lines):
        port, self.place = free_port(), pathlib.Path(tempfile.mkdtemp(prefix="nginx-"))
        self.url, place = f"http://127.0.0.1:{port}", self.place
        self.server = subprocess.Popen(command(place, lines.replace("PORT", str(port))))
        for _ in range(100):
            try:
                get(self.url)
                return
            except OSError:
                assert self.server.poll() is None, (place / "error.log").read_text()
                time.sleep(0.1)

    @staticmethod
    def check(lines):
        """Whether nginx takes these lines; nothing is served."""
        with tempfile.TemporaryDirectory(prefix="nginx-") as place:
            subprocess.run([*command(pathlib.Path(place), lines), "-t", "-q"], check=True)

    def stop(self):
        self.server.terminate()
        self.server.wait(timeout=10)
        shutil.rmtree(self.place)


class Plain(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def get(url):
    """Status, headers and text of an address; a redirect is an answer like any other."""
    try:
        answer = urllib.request.build_opener(Plain).open(url)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, dict((name.lower(), value) for name, value in answer.headers.items()), answer.read().decode(errors="replace")
