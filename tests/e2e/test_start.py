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

from party.operations.wsgi import MAX_BODY
from tests.e2e.conftest import ROOT
from tests.e2e.conftest import RunningSite
from tests.e2e.conftest import start
from tests.e2e.conftest import stop
from tests.e2e.conftest import unused_port


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


def test_rest_is_not_for_anonymous(running_site: RunningSite) -> None:
    answer = requests.get(running_site.url + "/@search", headers={"Accept": "application/json"}, timeout=60)
    assert answer.status_code == 401


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
    """A site that was started and stopped with Ctrl-C: where it is, its password, its processes, the exit code."""

    home: Path
    password: str
    processes: set[int]
    code: int


@pytest.fixture(scope="module")
def stopped_site(tmp_path_factory: pytest.TempPathFactory) -> Stopped:
    site = start(tmp_path_factory.mktemp("site"), unused_port())
    password, processes = site.password, children(site.supervisor.pid)
    return Stopped(site.home, password, processes, stop(site))


def test_ctrl_c_leaves_no_process(stopped_site: Stopped) -> None:
    assert len(stopped_site.processes) == 3
    assert stopped_site.code == 0
    assert not [pid for pid in stopped_site.processes if is_running(pid)]


def test_a_second_start_keeps_the_data_and_when_one_process_dies_all_are_stopped(stopped_site: Stopped) -> None:
    site = start(stopped_site.home, unused_port())
    assert "Creating the site" not in site.output.read_text(encoding="utf-8")
    assert site.password == stopped_site.password

    processes = children(site.supervisor.pid)
    os.kill(max(processes), signal.SIGKILL)
    assert site.supervisor.wait(60) == 1
    assert "so everything was stopped" in site.output.read_text(encoding="utf-8")
    assert not [pid for pid in processes if is_running(pid)]
