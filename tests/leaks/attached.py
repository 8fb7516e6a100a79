"""A running site that the battery is put on: its two doors, its folder, and clients of its database."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.stack import module
from benchmarks.stack import ROOT
from tests.leaks.wire import Door


@dataclass(frozen=True)
class Attached:
    """The site in the folder ``home``, reached through ``wan`` and, where there is one, ``internet``."""

    home: Path
    wan: Door
    internet: Door | None = None

    @property
    def var(self) -> Path:
        """Where everything lies that the site keeps."""
        return self.home / "var"

    @property
    def zope_conf(self) -> Path:
        """The configuration of the server inside, which every client of the database reads."""
        return self.home / "parts/wan/etc/zope.conf"

    def call(self, function: str, **arguments: Any) -> Any:
        """What a function of :mod:`.inside` returns, run as a client of the database."""
        command = module("client", self.zope_conf, f"tests.leaks.inside.{function}", json.dumps(arguments))
        environment = {name: value for name, value in os.environ.items() if name != "PARTY_DEMO_PASSWORD"}
        done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{function}: {done.stderr[-3000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def party(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A verb of the command line."""
        command = [str(self.home / "bin/party"), *arguments]
        return subprocess.run(command, cwd=self.home, text=True, capture_output=True, check=False)
