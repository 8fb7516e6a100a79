"""Starts everything that a site on one machine consists of, and stops all of it together (``make start``).

The processes are the database server (ZEO), a web server for each zone and the worker. Each is a process group of its own,
so that Ctrl-C in the terminal reaches this one alone, which then stops them in the right order. If one of them ends, all end.

The door of the wide-area network and the worker have the keys of classified content and a folder in memory for temporary
files; the door of the Internet has neither, and is not told where they are.

Only the standard library is used: whatever goes wrong below, this part still stops the rest and says what happened.
"""

import argparse
import contextlib
import errno
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from party.operations.processes import Failure
from party.operations.processes import Process


#: seconds that a step may take before it counts as failed
START_TIMEOUT = 180

#: where temporary files stay in memory
_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there is ours alone, see Site.memory


class Stopped(Exception):
    """Ctrl-C or SIGTERM."""


class Site:
    """A site in the folder ``home`` (its bin, parts, var and keys), configured by ``profile``.

    It is served on ``port`` to the wide-area network and on the port after it to the Internet.
    """

    def __init__(self, home: Path, profile: Path, port: int) -> None:
        self.home = home.resolve()
        self.profile = profile.resolve()
        self.port = port
        self.url = f"http://localhost:{port}/"
        self.internet_url = f"http://localhost:{port + 1}/"
        self.var = self.home / "var"
        self.keys = self.home / "keys"
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        #: temporary files of the processes with keys; nobody else's, and gone when the site stops
        self.memory = _MEMORY / f"party-{os.getuid()}-{digest}"
        self.socket = self.var / "zeo.sock"
        self.processes: list[Process] = []

    def start(self) -> None:
        """Bring everything up; raises ``Failure`` where that is not possible. ``stop`` must follow in any case."""
        self.configure()
        with _step("Starting the database server"):
            self.start_database()
        if not self._is_complete():
            with _step("Creating the site with its demonstration, once"):
                self._create_site()
        with _step("Starting the web servers and the worker"):
            web = self.start_web()
            internet = self.start_internet()
            self.start_worker()
            self.wait_for(web)
            self.wait_for(internet, self.internet_url)

    def configure(self) -> None:
        """Find out whether a site can be served here, and write its configuration."""
        for port in (self.port, self.port + 1):
            self._check_the_port(port)
        if len(os.fsencode(self.socket)) > 100:
            raise Failure(f"The path {self.socket} is too long for a UNIX socket: please use a folder higher up.")
        with _step("Writing the configuration"):
            self._configure()
        self._make_memory()
        if not self.keys.exists():
            with _step("Making the keys, once"):
                self._make_keys()

    def start_database(self) -> Process:
        """Start the database server and wait until it can be reached."""
        command = [_tool("runzeo"), "-C", str(self.home / "parts/zeo/etc/zeo.conf")]
        zeo = self.spawn("zeo", command, signal.SIGTERM)
        _wait(lambda: _accepts(self.socket), zeo)
        return zeo

    def start_web(self) -> Process:
        """Start the web server of the wide-area network; ``wait_for`` it before it is used."""
        return self.spawn("wan", [str(self.home / "bin/wan"), "console"], signal.SIGINT, self.inside())

    def start_internet(self) -> Process:
        """Start the web server of the Internet, which has no keys."""
        return self.spawn("internet", [str(self.home / "bin/internet"), "console"], signal.SIGINT)

    def start_worker(self) -> Process:
        """Start the worker."""
        return self.spawn("worker", [str(self.home / "bin/party"), "worker"], signal.SIGINT, self.inside())

    def inside(self) -> dict[str, str]:
        """What processes inside of the wide-area network get beside the configuration, which names the keys."""
        return {"TMPDIR": str(self.memory)}

    def wait_for(self, web: Process, url: str = "") -> None:
        """Wait until the web server answers."""
        _wait(lambda: _answers(url or self.url), web)

    def watch(self) -> NoReturn:
        """Return never: raises ``Failure`` as soon as one of the processes ends."""
        while True:
            for process in self.processes:
                process.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop everything, the database server last."""
        while self.processes:
            self.processes.pop().stop()
        shutil.rmtree(self.memory, ignore_errors=True)

    def accounts(self) -> list[dict[str, str]]:
        """The accounts to try, ``{login, name, role, unit}`` each; none where there is no demonstration."""
        path = self.var / "demo-accounts.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []

    def password(self) -> str:
        """The password of the accounts to try: the one of the first start, kept in a file."""
        path = self.var / "demo-password"
        if not path.exists():
            word = os.environ.get("PARTY_DEMO_PASSWORD") or secrets.token_urlsafe(9)
            path.write_text(word, encoding="utf-8")
        return path.read_text(encoding="utf-8")

    def settings(self) -> dict[str, str]:
        """What the profile cannot know of this site."""
        return {
            "profiles": str(self.profile.parent),
            "port": str(self.port),
            "internet-port": str(self.port + 1),
            "memory": str(self.memory),
            "root-password": secrets.token_urlsafe(24),
        }

    def spawn(
        self, name: str, command: list[str], stop_signal: int, environment: "dict[str, str] | None" = None
    ) -> Process:
        """Start a process of the site."""
        process = Process(name, command, stop_signal, self.home, environment)
        self.processes.append(process)
        return process

    def _check_the_port(self, port: int) -> None:
        for family, *_rest, address in socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM):
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(address)
                except OSError as error:
                    if error.errno == errno.EADDRNOTAVAIL:  # a machine without IPv6
                        continue
                    raise Failure(
                        f"Port {port} cannot be used ({error.strerror}): stop the program that has it, or choose "
                        f"another, for example `make start PORT={port + 1}`."
                    ) from None

    def _configure(self) -> None:
        """Let buildout write bin and parts, unless they were written from the same files for the same port."""
        sources = [self.profile, *sorted(self.profile.parent.glob("*")), self.profile.parent.parent / "buildout.cfg"]
        digest = hashlib.sha256(f"{self.profile} {self.port} {sys.prefix}".encode())
        for source in sources:
            digest.update(source.read_bytes())
        stamp = self.home / "parts" / "configured"
        # buildout makes the folders of var too, so it also runs when they were removed for a new beginning
        folders = all((self.var / name).exists() for name in ("filestorage", "wan", "internet"))
        if folders and stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)  # so that what fails half way is done again
        command = [
            _tool("buildout"),
            "-c",
            str(self.profile),
            f"buildout:directory={self.home}",
            *(f"settings:{name}={value}" for name, value in self.settings().items()),
        ]
        done = subprocess.run(command, cwd=self.home, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Failure(f"The configuration could not be written:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        # Zope would make an account above the site from it; there shall be none.
        for account in stamp.parent.glob("*/inituser"):
            account.unlink()
        stamp.write_text(digest.hexdigest())

    def _make_memory(self) -> None:
        """Make the folder in memory, and leave nothing in it that another run has forgotten there."""
        shutil.rmtree(self.memory, ignore_errors=True)
        try:
            self.memory.mkdir(mode=0o700)
        except OSError as error:
            raise Failure(
                f"The folder {self.memory} for temporary files in memory cannot be made ({error.strerror}): remove what "
                f"is in its place. Nothing was started."
            ) from None

    def _make_keys(self) -> None:
        """Make the keyring (0700), outside of var, where the data are."""
        command = [sys.executable, "-m", "party.operations.confidentiality.keys", "create"]
        environment = {**os.environ, "PARTY_KEYS": f"file:{self.keys}"}
        done = subprocess.run(
            command, cwd=self.home, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            raise Failure(f"The keys could not be made:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")

    def _is_complete(self) -> bool:
        return (self.var / "site-created").exists()

    def _create_site(self) -> None:
        environment = {**self.inside(), "PARTY_DEMO_PASSWORD": self.password()}
        creation = self.spawn("create-site", [str(self.home / "bin/party"), "create-site"], signal.SIGINT, environment)
        if creation.child.wait():
            creation.check()
        self.processes.remove(creation)
        (self.var / "site-created").touch()


def main() -> int:
    """Start the site, show its address and accounts, and stop all of it at Ctrl-C, SIGTERM or when a process ends."""
    parser = argparse.ArgumentParser(prog="make start", description="Start the site with all of its processes.")
    parser.add_argument(
        "--port", type=int, default=8080, help="of the wide-area network; the next one is the Internet's"
    )
    parser.add_argument("--profile", type=Path, default=Path("profiles/demo.cfg"))
    parser.add_argument("--home", type=Path, default=Path(), help="where bin, parts, var and keys are")
    options = parser.parse_args()
    os.umask(0o077)  # what is kept here is for this user alone
    site = Site(options.home, options.profile, options.port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        with _only_one(site.var):
            try:
                site.start()
                _introduce(site)
                site.watch()
            finally:
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
                if site.processes:
                    with _step("\nStopping"):
                        site.stop()
    except Stopped:
        return 0
    except Failure as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1


def _introduce(site: Site) -> None:
    accounts = site.accounts()
    print(f"\nThe site is at {site.url} for the wide-area network, and at {site.internet_url} for the Internet,")
    print("where nothing classified is shown or made.")
    if accounts:
        print(f"Accounts to try, all with the password {site.password()}")
        columns = ("login", "name", "role", "unit")
        widths = [max(len(account[column]) for account in accounts) for column in columns]
        for account in accounts:
            print("  " + "  ".join(account[c].ljust(w) for c, w in zip(columns, widths, strict=True)).rstrip())
        if os.environ.get("PARTY_DEMO_PASSWORD", site.password()) != site.password():
            print("(PARTY_DEMO_PASSWORD counts at the first start only: the accounts keep the password they have.)")
    print("Ctrl-C stops everything; the data stay in var/, their keys in keys/.", flush=True)


@contextlib.contextmanager
def _step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    print(f"{what} …", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print()
        raise
    print(f"{time.monotonic() - began:.1f} s", flush=True)


@contextlib.contextmanager
def _only_one(var: Path) -> Iterator[None]:
    """Hold a lock on the data while they are served."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "running.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"The site in {var.parent} is already running: stop that one first.") from None
        yield


def _wait(is_ready: Callable[[], bool], process: Process) -> None:
    limit = time.monotonic() + START_TIMEOUT
    while not is_ready():
        process.check()
        if time.monotonic() > limit:
            raise Failure(f"The process “{process.name}” was not ready after {START_TIMEOUT} s; see {process.log}.")
        time.sleep(0.2)


def _accepts(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(str(path)) == 0


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=START_TIMEOUT):
            return True
    except urllib.error.HTTPError as error:
        raise Failure(f"The front page answers with an error: {error}.") from error
    except OSError:
        return False


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _interrupt(number: int, frame: object) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
