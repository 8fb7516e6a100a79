"""Stories of classified documents (văn bản mật), where there are keys: each shows one thing that secrecy asks of an office."""

from typing import Any

from party.operations.confidentiality import levels
from party.operations.demo import texts
from party.operations.demo import trust
from party.operations.demo.arrivals import HOME
from party.operations.demo.stage import at
from party.operations.demo.stage import Stage
from party.operations.demo.stage import Story
from party.operations.documents import access
from party.operations.documents import operations


def stories(stage: Stage) -> list[Story]:
    """What is secret in the week."""
    return [
        exercise(stage),
        undecided_draft(stage),
        decided_draft(stage),
        keys_under_review(stage),
        warning_on_paper(stage),
        letter_raised(stage),
        visit_to_be_lowered(stage),
        spare_line(stage),
        clearance_for_another(stage),
    ]


def exercise(stage: Stage) -> Story:
    """A secret plan goes to a board, where it waits, and to a commune, which has received it and directs the work."""
    text = texts.text("dien-tap")
    yield at(5, "09:15", "chuyenvien.tonghop.thainguyen")
    draft = stage.draft(text, stage.to("A76.01", "A76.31"))
    stage.submit(draft)
    yield at(5, "15:10", "truongphong.tonghop.thainguyen")
    operations.approve(draft.UID(), "Nội dung phù hợp, đề nghị giữ độ mật như đề xuất.")
    yield at(4, "09:25", "chanhvp.thainguyen")
    _agree_to_clean_one(stage, draft, text, 4)
    yield at(3, "15:40", "lanhdao.thainguyen")
    operations.decide_level(draft.UID(), text.level, basis=text.basis)
    stage.sign(draft, text)
    yield at(2, "15:30", "vanthu.thainguyen")
    operations.issue(draft.UID())
    yield at(1, "08:35", "vanthu.tanlap")
    received = stage.accept(draft, "A76.31")
    operations.transfer(received.UID(), [stage.person("bithu.tanlap")], directive="Kính trình đồng chí Bí thư.")
    yield at(1, "09:40", "bithu.tanlap")
    directive = "Đồng chí trực tiếp giữ văn bản, lập danh sách trực; không sao gửi bộ phận khác."
    operations.transfer(received.UID(), [stage.person("vanthu.tanlap")], directive=directive, deadline=stage.day(-3))


def undecided_draft(stage: Stage) -> Story:
    """A draft whose level only its drafter has proposed."""
    yield at(1, "10:10", "chuyenvien.tonghop.thainguyen")
    stage.draft(texts.text("dieu-xe"), stage.to("A76.01"))


def decided_draft(stage: Stage) -> Story:
    """A draft of which a leader has decided that it is secret and may be copied."""
    text = texts.text("truc-may-chu")
    yield at(3, "10:20", "chuyenvien.tonghop.thainguyen")
    draft = stage.draft(text, stage.to("A76.01"))
    yield at(1, "08:20", "lanhdao.thainguyen")
    operations.decide_level(draft.UID(), text.level, basis=text.basis, copying=True)


def keys_under_review(stage: Stage) -> Story:
    """A top-secret draft waits for the head of the office."""
    yield at(2, "14:15", "truongphong.tonghop.thainguyen")
    draft = stage.draft(texts.text("thay-khoa"), stage.to("A76.31"))
    operations.submit_for_review(
        draft.UID(),
        [stage.person("chanhvp.thainguyen"), stage.person("lanhdao.thainguyen")],
        comment="Xin ý kiến, không sao chụp.",
    )


def warning_on_paper(stage: Stage) -> Story:
    """A secret that came on paper is registered among all others, and its leader has it dealt with."""
    yield at(6, "10:30", "vanthu.thainguyen")
    letter = stage.register_classified(HOME, "gia-mao", written=8)
    operations.transfer(letter.UID(), [stage.person("lanhdao.thainguyen")], directive="Văn bản mật, kính trình.")
    yield at(5, "08:30", "lanhdao.thainguyen")
    operations.decide_level(letter.UID(), letter.level, basis="Độ mật do nơi gửi xác định", copying=True)
    operations.transfer(
        letter.UID(),
        [stage.person("truongphong.tonghop.thainguyen"), stage.person("truongban.btc.thainguyen", "informed")],
        directive="Phòng Tổng hợp rà soát, báo cáo trực tiếp; không chuyển tiếp qua thư điện tử.",
        deadline=stage.day(-1),
    )
    yield at(4, "10:40", "truongphong.tonghop.thainguyen")
    _print(letter, "Rà soát tại phòng máy chủ, nơi không có máy trạm.")


def letter_raised(stage: Stage) -> Story:
    """An open letter went to two provinces; then its sender raised it to Secret, and it is gone for who is not cleared."""
    text = texts.text("dia-chi")
    yield at(5, "14:00", "vanthu.vptw")
    draft = stage.draft(text, stage.to("A76", "A37"))
    operations.submit_for_review(draft.UID(), [stage.person("lanhdao.vptw")])
    yield at(4, "08:30", "lanhdao.vptw")
    _agree_to_clean_one(stage, draft, text, 4)
    stage.sign(draft, text)
    yield at(4, "09:15", "vanthu.vptw")
    operations.issue(draft.UID())
    yield at(3, "08:20", "vanthu.thainguyen")
    stage.along(stage.accept(draft, "A76"))
    yield at(2, "16:05", "lanhdao.vptw")
    operations.raise_level(
        draft.UID(),
        levels.SECRET,
        reason="Danh mục có địa chỉ máy chủ nội bộ.",
        basis="Danh mục bí mật nhà nước của Đảng, mục cơ yếu, điểm a",
    )


def visit_to_be_lowered(stage: Stage) -> Story:
    """The visit is over, so the clerk proposes that the letter about it be no longer secret; a leader has to agree."""
    text = texts.text("don-doan")
    yield at(8, "08:40", "truongphong.tonghop.thainguyen")
    draft = stage.draft(text, stage.to("A01", "A76.01"))
    operations.submit_for_review(draft.UID(), [stage.person("chanhvp.thainguyen")])
    yield at(8, "14:30", "chanhvp.thainguyen")
    _agree_to_clean_one(stage, draft, text, 8)
    yield at(7, "08:15", "lanhdao.thainguyen")
    operations.decide_level(draft.UID(), text.level, basis=text.basis)
    stage.sign(draft, text)
    yield at(7, "09:10", "vanthu.thainguyen")
    operations.issue(draft.UID())
    yield at(6, "08:40", "vanthu.vptw")
    received = stage.accept(draft, "A01")
    operations.transfer(received.UID(), [stage.person("lanhdao.vptw")])
    yield at(6, "09:30", "vanthu.btc.thainguyen")
    stage.accept(draft, "A76.01")
    yield at(1, "15:20", "vanthu.thainguyen")
    operations.propose_lower(
        draft.UID(),
        levels.NORMAL,
        reason="Đoàn kiểm tra đã làm việc xong, nội dung không còn phải giữ kín.",
        basis="Luật Bảo vệ bí mật nhà nước, quy định về giải mật",
    )


def spare_line(stage: Stage) -> Story:
    """A top-secret letter from Hanoi waits for the leader's directive."""
    text = texts.text("du-phong")
    yield at(4, "14:10", "vanthu.vptw")
    draft = stage.draft(text, stage.to("A76"))
    operations.submit_for_review(draft.UID(), [stage.person("lanhdao.vptw")])
    yield at(3, "10:00", "lanhdao.vptw")
    _agree_to_clean_one(stage, draft, text, 3)
    operations.decide_level(draft.UID(), text.level, basis=text.basis)
    stage.sign(draft, text)
    yield at(3, "10:30", "vanthu.vptw")
    operations.issue(draft.UID())
    yield at(2, "08:15", "vanthu.thainguyen")
    received = stage.accept(draft, HOME)
    operations.transfer(received.UID(), [stage.person("lanhdao.thainguyen")], directive="Văn bản tối mật, kính trình.")


def clearance_for_another(stage: Stage) -> Story:
    """One officer has proposed a clearance; it waits for the other."""
    yield at(1, "10:45", trust.OFFICERS[0][0])
    trust.propose_one(stage.demo)


def _agree_to_clean_one(stage: Stage, draft: Any, text: texts.Text, days_ago: int) -> None:
    """The reviewer puts the version to be signed beside the drafts, and agrees."""
    operations.add_version(draft.UID(), [stage.upload(text, stage.day(days_ago))], "Bản sạch để ký.")
    operations.approve(draft.UID(), "Đồng ý nội dung, kính trình ký.")


def _print(document: Any, purpose: str) -> None:
    """Who acts prints the first file as a numbered copy."""
    (file, *_others) = access.readable(document.UID()).files()
    operations.make_copy(document.UID(), file.id, "print", purpose=purpose).body.close()
