"""A mail server for tests: speaks enough of RFC 5321 to receive messages, to refuse them and to hang up."""

import socketserver
import threading
from dataclasses import dataclass
from dataclasses import field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast


@dataclass
class Received:
    """One message with its envelope."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The message with its headers and bodies decoded."""
        return cast(EmailMessage, message_from_bytes(self.content, policy=default))


@dataclass
class Behaviour:
    """How the server answers; all well where nothing is set."""

    #: replies by recipient, such as ``550 5.1.1 no such user``
    refused: dict[str, str] = field(default_factory=dict)
    #: what to do when the message has come: "" takes it, ``lose`` hangs up with nothing kept, ``keep`` hangs up but has
    #: kept it, ``rude`` says that it was taken and hangs up, anything else is the reply
    at_end: str = ""
    #: hang up when the sender is named
    hangs_up_early: bool = False


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a port of its own; ``messages`` are those that were taken."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.messages: list[Received] = []
        self.behaviour = Behaviour()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server_address[1]


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 mail.test")
        sender, recipients = "", []
        for line in iter(self.rfile.readline, b""):
            verb, said = line[:4].upper(), line.decode().strip()
            if verb == b"EHLO":
                self._say("250 mail.test")
            elif verb == b"MAIL":
                if self.server.behaviour.hangs_up_early:
                    return
                sender, recipients = _address(said), []
                self._say("250 ok")
            elif verb == b"RCPT":
                reply = self.server.behaviour.refused.get(_address(said), "250 ok")
                if reply.startswith("250"):
                    recipients.append(_address(said))
                self._say(reply)
            elif verb == b"DATA":
                self._say("354 go on")
                if not self._end(Received(sender, recipients, self._content())):
                    return
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _content(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(each.removeprefix(b".") for each in lines)

    def _end(self, received: Received) -> bool:
        """Take the message or not; false to hang up."""
        how = self.server.behaviour.at_end
        if how in ("", "keep", "rude"):
            self.server.messages.append(received)
        if how not in ("keep", "lose"):
            self._say("250 taken" if how in ("", "rude") else how)
        return how not in ("keep", "lose", "rude")

    def _say(self, reply: str) -> None:
        self.wfile.write(f"{reply}\r\n".encode())


def _address(command: str) -> str:
    return command.partition("<")[2].partition(">")[0]
