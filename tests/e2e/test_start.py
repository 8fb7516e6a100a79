"""``make start``: one command, all processes, one Ctrl-C."""

import html
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from benchmarks.stack import unused_port
from party.operations.wsgi import MAX_BODY
from tests.e2e.conftest import ROOT
from tests.e2e.conftest import RunningSite
from tests.e2e.conftest import start
from tests.e2e.conftest import stop


MEMORY = Path("/dev/shm")  # noqa: S108 - what is looked for is below it


def children(pid: int) -> set[int]:
    """Ids of the processes that ``pid`` has started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return {int(word) for word in text.split()}


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_front_page_is_vietnamese_and_the_site_is_the_root_of_its_host(running_site: RunningSite) -> None:
    answer = requests.get(running_site.url + "/", timeout=60)
    assert answer.status_code == 200
    assert 'lang="vi"' in answer.text
    assert "Hệ thống thông tin điều hành tác nghiệp" in html.unescape(answer.text)
    assert f'="{running_site.url}' in answer.text
    assert f"{running_site.url}/party" not in answer.text


def test_our_texts_win_over_those_of_plone(running_site: RunningSite) -> None:
    texts = requests.get(f"{running_site.url}/plonejsi18n?domain=plonelocales&language=vi", timeout=60).json()
    assert texts["month_apr_abbr"] == "Th 4"  # Plone has "Th.4"


@pytest.mark.parametrize(
    "path", ["manage", "manage_main", "@@manage_main", "acl_users/manage_main", "virtual_hosting", "VirtualHostRoot/x"]
)
def test_what_stands_beside_the_site_is_out_of_reach(running_site: RunningSite, path: str) -> None:
    assert requests.get(f"{running_site.url}/{path}", timeout=60).status_code == 404


def test_an_address_that_is_no_text_is_refused(running_site: RunningSite) -> None:
    answer = requests.get(running_site.url + "/%ff", timeout=60)
    assert answer.status_code == 400
    assert "Không đọc được địa chỉ" in answer.text


def test_a_second_start_on_the_port_of_the_internet_door_says_so(running_site: RunningSite, tmp_path: Path) -> None:
    port = str(int(running_site.url.rpartition(":")[2]) - 1)
    command = [sys.executable, "-m", "party.operations.supervisor", "--home", str(tmp_path), "--port", port]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "cannot be used" in done.stderr


def test_rest_is_not_for_anonymous(running_site: RunningSite) -> None:
    answer = requests.get(running_site.url + "/@search", headers={"Accept": "application/json"}, timeout=60)
    assert answer.status_code == 401


def environment(pid: int) -> dict[str, str]:
    """What a process and its configuration say to it."""
    text = Path(f"/proc/{pid}/environ").read_bytes().decode()
    return dict(each.split("=", 1) for each in text.split("\0") if "=" in each)


def process(site: RunningSite, word: str) -> int:
    """The process of the site with that word in its command."""
    (found,) = (
        pid
        for pid in children(site.supervisor.pid)
        if word in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    )
    return found


def test_there_are_two_doors_and_only_the_inner_processes_have_keys(running_site: RunningSite) -> None:
    home = running_site.home
    assert requests.get(running_site.internet_url + "/login", timeout=60).status_code == 200
    inner, worker, outer = (process(running_site, word) for word in ("parts/wan/", "party worker", "parts/internet/"))
    assert not [each for each in environment(outer).values() if "keys" in each.lower() or str(MEMORY) in each]
    configured = (home / "parts/internet/etc/zope.conf").read_text(encoding="utf-8")
    assert "PARTY_KEYS none" in configured
    assert "PARTY_ZONE internet" in configured
    assert "/keys" not in configured
    assert "audit" not in configured
    for pid in (inner, worker):
        memory = Path(environment(pid)["TMPDIR"])
        assert memory.parent == MEMORY
        assert memory.stat().st_mode & 0o777 == 0o700
    for pid in (inner, worker, outer, process(running_site, "runzeo")):
        assert "Umask:\t0077" in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    assert (home / "keys").stat().st_mode & 0o777 == 0o700
    assert "pack-keep-old false" in (home / "parts/zeo/etc/zeo.conf").read_text(encoding="utf-8")


def test_a_session_of_one_door_is_none_at_the_other(running_site: RunningSite) -> None:
    doors = {"wan": running_site.url, "internet": running_site.internet_url}
    given = {}
    for zone, url in doors.items():
        with requests.Session() as browser:
            login = {"__ac_name": running_site.accounts[0]["login"], "__ac_password": running_site.password}
            browser.post(f"{url}/login", data={**login, "buttons.login": "1"}, timeout=60)
            given[zone] = browser.cookies[f"__ac_{zone}"]
    for zone, url in doors.items():
        for other, session in given.items():
            cookies = {f"__ac_{zone}": session}
            answer = requests.get(f"{url}/@@registers", cookies=cookies, allow_redirects=False, timeout=60)
            assert answer.status_code == (200 if zone == other else 302)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_file_that_is_too_large_is_refused_in_vietnamese(running_site: RunningSite, accept: str) -> None:
    answer = requests.post(running_site.url + "/", data=bytes(MAX_BODY + 1), headers={"Accept": accept}, timeout=120)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"].startswith(accept)
    assert "tối đa 200 MB" in answer.text


def test_a_second_start_on_the_same_port_says_so_in_one_sentence(running_site: RunningSite, tmp_path: Path) -> None:
    port = running_site.url.rpartition(":")[2]
    command = [sys.executable, "-m", "party.operations.supervisor", "--home", str(tmp_path), "--port", port]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().startswith(f"Port {port} cannot be used")
    assert len(done.stderr.strip().splitlines()) == 1


class Stopped(NamedTuple):
    """A site that was started and stopped with Ctrl-C: where it is and was, its password, processes and exit code."""

    home: Path
    memory: Path
    password: str
    processes: set[int]
    code: int


@pytest.fixture(scope="module")
def stopped_site(tmp_path_factory: pytest.TempPathFactory) -> Stopped:
    site = start(tmp_path_factory.mktemp("site"), unused_port())
    password, processes = site.password, children(site.supervisor.pid)
    memory = Path(environment(process(site, "parts/wan/"))["TMPDIR"])
    assert memory.exists()
    return Stopped(site.home, memory, password, processes, stop(site))


def test_ctrl_c_leaves_no_process(stopped_site: Stopped) -> None:
    assert len(stopped_site.processes) == 4
    assert stopped_site.code == 0
    assert not [pid for pid in stopped_site.processes if is_running(pid)]
    assert not stopped_site.memory.exists()


def test_a_second_start_keeps_the_data_and_when_one_process_dies_all_are_stopped(stopped_site: Stopped) -> None:
    site = start(stopped_site.home, unused_port())
    assert "Creating the site" not in site.output.read_text(encoding="utf-8")
    assert site.password == stopped_site.password

    processes = children(site.supervisor.pid)
    os.kill(max(processes), signal.SIGKILL)
    assert site.supervisor.wait(60) == 1
    assert "so everything was stopped" in site.output.read_text(encoding="utf-8")
    assert not [pid for pid in processes if is_running(pid)]
