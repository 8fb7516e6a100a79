"""What is planted: documents in every situation of their life, made by cleared people through the services.

Every text of a document is a mark of its own (``draft.title``), and so are the names and the insides of its files.
"""

import base64
import io
import zipfile
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import UTC
from typing import Any

from tests.leaks.markers import Markers
from tests.leaks.wire import Person


#: so many pages an outgoing document says it has
PAGES = 3


@dataclass
class Plant:
    """One planted document: where it lies, what belongs to it, and whose it is."""

    name: str
    uid: str
    #: keys of people who may read it
    readers: tuple[str, ...]
    files: list[str] = field(default_factory=list)
    slips: list[int] = field(default_factory=list)
    deliveries: list[int] = field(default_factory=list)
    path: str = ""
    parent: str = ""
    id: str = ""


@dataclass
class Planter:
    """Plants documents of one level (none for the lowest) with the people and units of the battery."""

    markers: Markers
    people: dict[str, Person]
    office: dict[str, Any]
    level: str = ""
    #: before the names of the marks
    prefix: str = ""
    #: who reviews after the leader
    second_reviewer: str = "former"

    def all_of_them(self) -> list[Plant]:
        """Every situation."""
        issued = self.issued()
        received = self.received(issued)
        return [issued, self.in_review(), received, self.in_progress(), self.returned(), self.refused(), self.raised()]

    def issued(self) -> Plant:
        """Drafted, commented, sent back, reviewed, signed, issued and sent to three: one of them refuses."""
        to = [{"unit": self.unit("receiver")}, {"unit": self.unit("refuser")}, {"name": self.text("issued.recipient")}]
        plant = self._draft("issued", to)
        self.do("drafter", plant, "comment", text=self.text("issued.comment"))
        self.do("drafter", plant, "version", files=self.files("issued.second"), note=self.text("issued.version note"))
        reviewers = [{"person": self.person("leader")}, {"person": self.person(self.second_reviewer)}]
        self.do("drafter", plant, "submit", reviewers=reviewers, comment=self.text("issued.submission"))
        self.do("leader", plant, "send-back", reason=self.text("issued.sent back"))
        self.do("drafter", plant, "submit", reviewers=reviewers, comment=self.text("issued.second submission"))
        self.do("leader", plant, "approve", comment=self.text("issued.approval"))
        self.do(self.second_reviewer, plant, "approve", comment=self.text("issued.second approval"))
        if self.level:
            self.do("leader", plant, "decide-level", level=self.level, basis=self.text("issued.basis"))
        signature = {"signer": self.person("leader"), "title": self.text("issued.signature")}
        self.do("clerk", plant, "sign", **signature)
        self.do("clerk", plant, "issue")
        more = [{"name": self.text("issued.further recipient")}]
        self.do("clerk", plant, "send", recipients=more)
        self._look("drafter", plant)
        for each in self.people["drafter"].get(f"@documents/{plant.uid}/deliveries")["items"]:
            plant.deliveries.append(each["id"])
            if each["recipient"] == self.unit("refuser"):
                reason = self.text("issued.refusal")
                self.people["refusing clerk"].post(f"@deliveries/{each['id']}/refuse", reason=reason)
        return plant

    def in_review(self) -> Plant:
        """A draft that waits for its reviewer."""
        plant = self._draft("in review", [{"unit": self.unit("receiver")}])
        self.do("drafter", plant, "comment", text=self.text("in review.comment"))
        self.do("drafter", plant, "submit", reviewers=[{"person": self.person("leader")}])
        self._look("drafter", plant)
        return plant

    def received(self, issued: Plant) -> Plant:
        """What was issued, accepted by its recipient and passed on there."""
        clerk = self.people["receiving clerk"]
        waiting = [each["delivery"] for each in clerk.get("@deliveries")["items"]]
        delivery = next(each for each in waiting if each in issued.deliveries)
        made = clerk.post(f"@deliveries/{delivery}/accept", pages_seen=PAGES)
        plant = Plant(self._named("received"), made["uid"], ("receiving clerk", "receiving leader"))
        self.pass_on(plant, "receiving clerk", "receiving leader", "received.directive")
        self._look("receiving clerk", plant)
        return plant

    def in_progress(self) -> Plant:
        """A letter from elsewhere that is passed on, given back, taken back, worked on, done and taken up again."""
        plant = self._letter("in progress", "@incoming")
        first = self.pass_on(plant, "receiving clerk", "receiving leader", "in progress.directive")
        second = self.pass_on(plant, "receiving leader", "receiving officer", "in progress.second directive")
        third = self.pass_on(plant, "receiving clerk", "receiving officer", "in progress.third directive")
        self.slip("receiving clerk", third, "recall", reason=self.text("in progress.recall"))
        self.slip("receiving officer", second, "return", reason=self.text("in progress.slip return"))
        fourth = self.pass_on(plant, "receiving leader", "receiving officer", "in progress.fourth directive")
        self.slip("receiving officer", fourth, "start")
        self.do("receiving officer", plant, "comment", text=self.text("in progress.comment"))
        self.slip("receiving officer", fourth, "complete", result=self.text("in progress.result"))
        self.slip("receiving leader", first, "complete", result=self.text("in progress.second result"))
        self.do("receiving clerk", plant, "reopen", reason=self.text("in progress.reopening"))
        self._look("receiving clerk", plant)
        return plant

    def raised(self) -> Plant:
        """A draft that lay in the clear, was talked about, and is classified since."""
        plant = self._draft("raised", [{"unit": self.unit("receiver")}], level="")
        self.do("drafter", plant, "comment", text=self.text("raised.comment"))
        if self.level:
            reason, basis = self.text("raised.reason"), self.text("raised.basis")
            self.do("leader", plant, "raise-level", level=self.level, reason=reason, basis=basis)
        self._look("drafter", plant)
        return plant

    def returned(self) -> Plant:
        """A registered letter that went back to its sender."""
        plant = self._letter("returned", "@incoming")
        self.do("receiving clerk", plant, "return", reason=self.text("returned.reason"))
        self._look("receiving clerk", plant)
        return plant

    def refused(self) -> Plant:
        """A letter that was taken in and then refused."""
        plant = self._letter("refused", "@incoming/receive")
        self.do("receiving clerk", plant, "refuse", reason=self.text("refused.reason"))
        self._look("receiving clerk", plant)
        return plant

    def do(self, who: str, plant: Plant, verb: str, **body: Any) -> dict[str, Any]:
        """One operation on a document."""
        return self.people[who].post(f"@documents/{plant.uid}/{verb}", **body)

    def slip(self, who: str, slip: int, verb: str, **body: Any) -> None:
        """One operation on a routing slip."""
        self.people[who].post(f"@slips/{slip}/{verb}", **body)

    def pass_on(self, plant: Plant, who: str, to: str, directive: str) -> int:
        """Pass a document on; returns the slip."""
        capacity = "lead" if not plant.slips else "support"
        recipients = [{"person": self.person(to), "capacity": capacity}]
        slip: int = self.do(who, plant, "transfer", recipients=recipients, directive=self.text(directive))["slips"][0]
        plant.slips.append(slip)
        return slip

    def text(self, name: str) -> str:
        """The marks of a field."""
        return self.markers.text(self._named(name))

    def _named(self, name: str) -> str:
        return f"{self.prefix} {name}".strip()

    def unit(self, key: str) -> str:
        """The uid of a unit."""
        return self.office["units"][key]

    def person(self, key: str) -> str:
        """The id of a person."""
        return self.office["people"][key]

    def files(self, name: str) -> list[dict[str, str]]:
        """Three kinds of files, their names and contents marked."""
        contents = {"pdf": a_pdf, "docx": a_docx, "txt": str.encode}
        return [
            {
                "filename": f"{self.text(f'{name} {kind} name')}.{kind}",
                "data": base64.b64encode(make(self.text(f"{name} {kind}"))).decode(),
            }
            for kind, make in contents.items()
        ]

    def _draft(self, name: str, recipients: list[dict[str, str]], level: str | None = None) -> Plant:
        body = _levelled(
            self.level if level is None else level,
            unit=self.unit("sender"),
            title=self.text(f"{name}.title"),
            type="party.cong-van",
            note=self.text(f"{name}.note"),
            pages=PAGES,
            recipients=recipients,
            files=self.files(f"{name}.first"),
        )
        made = self.people["drafter"].post("@outgoing", **body)
        return Plant(self._named(name), made["uid"], ("drafter", "leader"))

    def _letter(self, name: str, service: str) -> Plant:
        body = _levelled(
            self.level,
            unit=self.unit("receiver"),
            title=self.text(f"{name}.title"),
            type="party.cong-van",
            issuer=self.text(f"{name}.issuer"),
            number_symbol=f"77-{self.markers.word(self._named(f'{name}.symbol'))}",
            document_date=date(2026, 1, 5).isoformat(),
            signer=self.text(f"{name}.signer"),
            note=self.text(f"{name}.note"),
            files=self.files(f"{name}.first"),
        )
        made = self.people["receiving clerk"].post(service, **body)
        return Plant(self._named(name), made["uid"], ("receiving clerk",))

    def _look(self, who: str, plant: Plant) -> None:
        document = self.people[who].get(f"@documents/{plant.uid}")
        versions = [each for version in document.get("versions", ()) for each in version["files"]]
        plant.files = list(dict.fromkeys(each["id"] for each in [*document["files"], *versions]))


def _levelled(level: str, **body: Any) -> dict[str, Any]:
    return {**body, "level": level} if level else body


def a_pdf(text: str) -> bytes:
    """The bytes of a PDF of one page that says ``text``."""
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_title(text)
    pdf.set_creation_date(datetime(2026, 1, 5, 8, tzinfo=UTC))
    pdf.add_page()
    return b"".join([bytes(pdf.output()), b"\n% ", text.encode(), b"\n"])


def a_docx(text: str) -> bytes:
    """The bytes of a text document that says ``text``, compressed as every such file is."""
    content = io.BytesIO()
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document>{'<w:p>' * 20}{text * 3}</w:document>",
    }
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            # dated, so that the same text gives the same bytes
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 8, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()
