"""Stories of documents that go out (văn bản đi): drafted, reviewed, issued; received, refused, late, recalled."""

from party.operations.demo import texts
from party.operations.demo.arrivals import HOME
from party.operations.demo.stage import at
from party.operations.demo.stage import Stage
from party.operations.demo.stage import Story
from party.operations.documents import operations
from party.operations.ledger import clock


#: provinces whose clerks received the circular of the Central Office the next day
_PROMPT = {"A21": "angiang", "A22": "bacgiang", "A37": "danang", "A46": "hanoi", "A75": "thaibinh"}


def stories(stage: Stage) -> list[Story]:
    """What goes out in the week."""
    return [
        provincial_circular(stage),
        training_plan(stage),
        report_under_review(stage),
        decision_to_be_numbered(stage),
        answer_to_be_signed(stage),
        own_draft(stage),
        central_circular(stage),
        central_letter(stage),
        recalled_letter(stage),
        report_of_a_commune(stage),
        request_of_a_commune(stage),
    ]


def provincial_circular(stage: Stage) -> Story:
    """A circular to boards and communes: some have it, one refused it, the others are late."""
    text = texts.text("khai-thac")
    yield at(9, "14:00", "chuyenvien.tonghop.thainguyen")
    communes = {"group": "commune", "within": stage.demo.units[HOME], "channel": "electronic"}
    draft = stage.draft(text, [*stage.to("A76.01", "A76.02", "A76.03", "A76.04"), communes])
    stage.submit(draft)
    yield at(8, "08:40", "truongphong.tonghop.thainguyen")
    operations.comment(draft.UID(), "Thêm nội dung về bàn giao khi văn thư vắng mặt.")
    operations.send_back(draft.UID(), "Bổ sung điểm 1, sửa câu mở đầu cho gọn.")
    yield at(8, "10:50", "chuyenvien.tonghop.thainguyen")
    upload = stage.upload(text, stage.day(8), "Dự thảo lần 2")
    operations.add_version(draft.UID(), [upload], "Đã bổ sung điểm 1.")
    stage.submit(draft)
    yield at(8, "14:15", "truongphong.tonghop.thainguyen")
    operations.approve(draft.UID(), "Nhất trí.")
    yield at(7, "08:25", "chanhvp.thainguyen")
    clean = stage.upload(text, stage.day(7))
    operations.add_version(draft.UID(), [clean], "Bản sạch để ký.")
    operations.approve(draft.UID(), "Kính trình đồng chí Phó Bí thư Thường trực ký.")
    yield at(7, "10:10", "lanhdao.thainguyen")
    stage.sign(draft, text)
    yield at(7, "10:40", "vanthu.thainguyen")
    operations.issue(draft.UID())
    sent_at = clock.now()
    yield at(7, "14:05", "vanthu.tanlap")
    received = stage.accept(draft, "A76.31")
    stage.along(received, "Kính trình đồng chí Bí thư.")
    yield at(7, "15:00", "vanthu.btc.thainguyen")
    stage.accept(draft, "A76.01")
    yield at(6, "08:20", "vanthu.hoptien")
    stage.accept(draft, "A76.32")
    yield at(6, "09:00", "bithu.tanlap")
    directive = "Văn phòng bố trí văn thư dự phòng, báo cáo trong tuần."
    operations.transfer(received.UID(), [stage.person("chuyenvien.tanlap")], directive=directive, deadline=stage.day(1))
    yield at(6, "14:40", "vanthu.phuxuyen")
    operations.refuse_delivery(stage.delivery(draft), "Tệp mở bị lỗi trang 1, đề nghị gửi lại.")
    yield at(5, "08:00")
    operations.escalate_delivery(draft.UID(), 1, sent_at)
    yield at(4, "08:00")
    operations.escalate_delivery(draft.UID(), 3, sent_at)


def training_plan(stage: Stage) -> Story:
    """A plan that went out yesterday and waits at the communes."""
    text = texts.text("tap-huan")
    yield at(4, "10:00", "chuyenvien.chuyendoiso.thainguyen")
    communes = {"group": "commune", "within": stage.demo.units[HOME], "channel": "both"}
    draft = stage.draft(text, [communes, {"name": "Viễn thông tỉnh Thái Nguyên", "channel": "paper"}])
    stage.submit(draft)
    yield at(3, "09:00", "truongphong.tonghop.thainguyen")
    operations.approve(draft.UID())
    yield at(2, "09:30", "chanhvp.thainguyen")
    operations.approve(draft.UID(), "Đồng ý.")
    stage.sign(draft, text)
    yield at(1, "10:00", "vanthu.thainguyen")
    operations.issue(draft.UID())


def report_under_review(stage: Stage) -> Story:
    """A draft that waits for the clerk's look at its form."""
    text = texts.text("bao-cao-quy")
    yield at(6, "15:30", "chuyenvien2.tonghop.thainguyen")
    draft = stage.draft(text, stage.to("A01"))
    operations.submit_for_review(
        draft.UID(), [stage.person("truongphong.tonghop.thainguyen"), stage.person("vanthu.thainguyen")]
    )
    yield at(5, "08:50", "truongphong.tonghop.thainguyen")
    operations.send_back(draft.UID(), "Số liệu mục 1 chưa khớp với sổ, kiểm tra lại.")
    yield at(3, "09:25", "chuyenvien2.tonghop.thainguyen")
    upload = stage.upload(text, stage.day(3), "Dự thảo lần 2")
    operations.add_version(draft.UID(), [upload], "Đã đối chiếu số liệu với sổ văn bản.")
    operations.submit_for_review(
        draft.UID(),
        [
            stage.person("truongphong.tonghop.thainguyen"),
            stage.person("vanthu.thainguyen"),
            stage.unit(HOME, "office_head"),
        ],
    )
    yield at(2, "10:20", "truongphong.tonghop.thainguyen")
    operations.approve(draft.UID(), "Số liệu đã khớp.")


def decision_to_be_numbered(stage: Stage) -> Story:
    """A decision that is signed and waits for its number."""
    text = texts.text("to-giup-viec")
    yield at(5, "14:20", "chuyenvien.hanhchinh.thainguyen")
    draft = stage.draft(text, stage.to("A76.01", "A76.02", "A76.03", "A76.04"))
    stage.submit(draft)
    yield at(4, "14:00", "truongphong.tonghop.thainguyen")
    operations.approve(draft.UID())
    yield at(3, "14:30", "chanhvp.thainguyen")
    operations.approve(draft.UID(), "Kính trình ký.")
    yield at(1, "16:10", "lanhdao.thainguyen")
    stage.sign(draft, text)


def answer_to_be_signed(stage: Stage) -> Story:
    """A letter that everybody agreed to and nobody has signed."""
    text = texts.text("tiep-doan")
    yield at(2, "08:40", "chuyenvien.hanhchinh.thainguyen")
    draft = stage.draft(text, stage.to("A57"))
    stage.submit(draft)
    yield at(2, "15:00", "truongphong.tonghop.thainguyen")
    operations.approve(draft.UID())
    yield at(1, "08:45", "chanhvp.thainguyen")
    operations.approve(draft.UID(), "Đồng ý nội dung.")


def own_draft(stage: Stage) -> Story:
    """A draft that the clerk began."""
    yield at(1, "11:00", "vanthu.thainguyen")
    stage.draft(texts.text("lich-truc"), stage.to("A76.01", "A76.02", "A76.03", "A76.04"))


def central_circular(stage: Stage) -> Story:
    """The Central Office writes to all 63 provinces: some have it, one refused it, two have no clerk."""
    text = texts.text("ra-soat")
    yield at(7, "09:00", "chuyenvien.chuyendoiso.vptw")
    draft = stage.draft(text, [{"group": "provincial_committee", "channel": "electronic"}])
    stage.submit(draft)
    yield at(7, "14:30", "truongphong.tonghop.vptw")
    operations.approve(draft.UID())
    yield at(6, "10:00", "hanhchinh.vptw")
    operations.add_version(draft.UID(), [stage.upload(text, stage.day(6))], "Bản sạch để ký.")
    operations.approve(draft.UID())
    yield at(6, "15:00", "lanhdao.vptw")
    stage.sign(draft, text)
    yield at(5, "08:30", "vanthu.vptw")
    operations.issue(draft.UID())
    for at_minute, (code, name) in enumerate(_PROMPT.items()):
        yield at(4, f"08:{at_minute:02}", f"vanthu.{name}")
        stage.accept(draft, code)
    yield at(4, "09:30", "vanthu.quangninh")
    operations.refuse_delivery(stage.delivery(draft), "Tệp thiếu trang cuối, đề nghị gửi lại bản đầy đủ.")


def central_letter(stage: Stage) -> Story:
    """An urgent letter to three provinces that came yesterday afternoon."""
    text = texts.text("chu-ky-so")
    yield at(3, "09:00", "chuyenvien.chuyendoiso.vptw")
    draft = stage.draft(text, stage.to("A76", "A37", "A69"))
    stage.submit(draft)
    yield at(2, "09:00", "truongphong.tonghop.vptw")
    operations.approve(draft.UID())
    yield at(2, "15:00", "hanhchinh.vptw")
    operations.add_version(draft.UID(), [stage.upload(text, stage.day(2))], "Bản sạch để ký.")
    operations.approve(draft.UID())
    yield at(1, "08:30", "lanhdao.vptw")
    stage.sign(draft, text)
    yield at(1, "16:20", "vanthu.vptw")
    operations.issue(draft.UID())


def recalled_letter(stage: Stage) -> Story:
    """Đà Nẵng took a letter back that others had registered already."""
    text = texts.text("phoi-hop")
    yield at(6, "09:10", "chuyenvien.tonghop.danang")
    draft = stage.draft(text, stage.to("A01", "A76", "A69"))
    stage.submit(draft)
    yield at(6, "14:00", "truongphong.tonghop.danang")
    operations.approve(draft.UID())
    yield at(5, "09:00", "chanhvp.danang")
    operations.approve(draft.UID())
    stage.sign(draft, text)
    yield at(5, "10:00", "vanthu.danang")
    operations.issue(draft.UID())
    yield at(5, "14:10", "vanthu.vptw")
    stage.along(stage.accept(draft, "A01"))
    yield at(4, "08:40", "vanthu.thainguyen")
    stage.accept(draft, "A76")
    yield at(3, "16:00", "vanthu.danang")
    operations.recall_document(draft.UID(), "Gửi nhầm phụ lục, Thành uỷ sẽ gửi lại văn bản thay thế.")


def report_of_a_commune(stage: Stage) -> Story:
    """The monthly report of a commune, read in the province."""
    text = texts.text("bao-cao-thang")
    yield at(5, "14:10", "chuyenvien.tanlap")
    draft = stage.draft(text, stage.to("A76"))
    stage.submit(draft)
    yield at(5, "15:00", "vanthu.tanlap")
    operations.approve(draft.UID())
    yield at(4, "09:00", "bithu.tanlap")
    operations.approve(draft.UID())
    stage.sign(draft, text)
    yield at(4, "10:00", "vanthu.tanlap")
    operations.issue(draft.UID())
    yield at(3, "09:00", "vanthu.thainguyen")
    received = stage.accept(draft, "A76")
    operations.transfer(received.UID(), [stage.person("truongphong.tonghop.thainguyen")])


def request_of_a_commune(stage: Stage) -> Story:
    """A request that waits to be received in the province."""
    text = texts.text("to-trinh")
    yield at(3, "10:10", "chuyenvien.hoptien")
    draft = stage.draft(text, stage.to("A76"))
    stage.submit(draft)
    yield at(2, "10:00", "vanthu.hoptien")
    operations.approve(draft.UID())
    yield at(2, "11:00", "bithu.hoptien")
    operations.approve(draft.UID())
    stage.sign(draft, text)
    yield at(1, "09:10", "vanthu.hoptien")
    operations.issue(draft.UID())
