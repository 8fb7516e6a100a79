"""Stories of documents that arrive (văn bản đến): registered, passed on, dealt with, late, given back, put away."""

from party.operations.demo import texts
from party.operations.demo.organization import PETITIONS
from party.operations.demo.stage import at
from party.operations.demo.stage import Stage
from party.operations.demo.stage import Story
from party.operations.documents import operations


HOME = "A76"


def stories(stage: Stage) -> list[Story]:
    """The arrivals of the week."""
    return [
        late_report(stage),
        answered_plan(stage),
        inspection(stage),
        petition(stage),
        new_petition(stage),
        given_back(stage),
        lines_to_communes(stage),
        contest(stage),
        invitation(stage),
        waiting_letters(stage),
        *(ordinary_week(stage, code, name) for code, name in (("A37", "danang"), ("A69", "quangninh"))),
        central_week(stage),
    ]


def late_report(stage: Stage) -> Story:
    """A report that Hanoi asked for: directed to a board with a deadline that has passed."""
    yield at(9, "08:20", "vanthu.thainguyen")
    letter = stage.register(HOME, "dao-tao", written=11)
    stage.along(letter, "Kính chuyển đồng chí Chánh Văn phòng.")
    yield at(9, "10:05", "chanhvp.thainguyen")
    stage.along(letter, "Kính trình Thường trực Tỉnh uỷ cho ý kiến chỉ đạo.")
    yield at(8, "09:00", "lanhdao.thainguyen")
    operations.transfer(
        letter.UID(),
        [stage.unit("A76.01"), stage.unit("A76.04", capacity="support"), stage.unit("A76.02", capacity="informed")],
        directive="Ban Tổ chức chủ trì, phối hợp Uỷ ban Kiểm tra tham mưu báo cáo, trình Thường trực đúng hạn.",
        deadline=stage.day(2),
    )
    yield at(8, "14:10", "truongban.btc.thainguyen")
    operations.transfer(
        letter.UID(),
        [stage.person("chuyenvien.btc.thainguyen"), stage.person("truongphong.tochuccanbo.btc.thainguyen", "support")],
        directive="Đồng chí tổng hợp số liệu các lớp, dự thảo báo cáo.",
        deadline=stage.day(3),
    )
    yield at(7, "08:15", "chuyenvien.btc.thainguyen")
    operations.start_slip(stage.slip(letter))
    operations.comment(letter.UID(), "Còn ba đảng uỷ xã chưa gửi số liệu, tôi đã gọi điện nhắc.")


def answered_plan(stage: Stage) -> Story:
    """A plan is answered by a board; the answer is numbered and issued, and the arrival is done by that."""
    text = texts.text("tra-loi")
    yield at(7, "08:40", "vanthu.thainguyen")
    letter = stage.register(HOME, "tuyen-truyen", written=8)
    stage.along(letter)
    yield at(7, "09:30", "chanhvp.thainguyen")
    stage.along(letter, "Kính trình đồng chí Phó Bí thư Thường trực.")
    yield at(7, "15:20", "lanhdao.thainguyen")
    directive = "Ban Tuyên giáo và Dân vận tham mưu thực hiện và báo cáo."
    operations.transfer(letter.UID(), [stage.unit("A76.02")], directive=directive, deadline=stage.day(1))
    yield at(6, "08:30", "truongban.btgdv.thainguyen")
    operations.transfer(letter.UID(), [stage.person("chuyenvien.btgdv.thainguyen")], deadline=stage.day(3))
    yield at(5, "10:45", "chuyenvien.btgdv.thainguyen")
    draft = stage.draft(text, stage.to("A05", "A76"), replies_to=letter.UID())
    stage.submit(draft)
    yield at(5, "14:00", "vanthu.btgdv.thainguyen")
    operations.approve(draft.UID(), "Thể thức đúng quy định.")
    yield at(4, "08:50", "truongban.btgdv.thainguyen")
    operations.approve(draft.UID(), "Đồng ý.")
    yield at(4, "09:20", "photruongban.btgdv.thainguyen")
    stage.sign(draft, text)
    yield at(4, "09:45", "vanthu.btgdv.thainguyen")
    operations.issue(draft.UID())
    yield at(3, "08:35", "vanthu.btgdvtw")
    stage.accept(draft, "A05")


def inspection(stage: Stage) -> Story:
    """A notice that was dealt with and put away."""
    yield at(8, "13:45", "vanthu.thainguyen")
    letter = stage.register(HOME, "lam-viec", written=9)
    stage.along(letter)
    yield at(8, "15:30", "chanhvp.thainguyen")
    operations.transfer(letter.UID(), [stage.unit("A76.04")], directive="Uỷ ban Kiểm tra chuẩn bị nội dung.")
    yield at(7, "10:00", "chunhiem.ubkt.thainguyen")
    operations.transfer(letter.UID(), [stage.person("chuyenvien.ubkt.thainguyen")])
    yield at(5, "16:00", "chuyenvien.ubkt.thainguyen")
    operations.complete_slip(stage.slip(letter), "Đã gửi báo cáo và lịch làm việc cho Đoàn công tác.")
    yield at(4, "08:30", "vanthu.thainguyen")
    operations.finish_incoming(letter.UID(), "Đoàn công tác đã nhận báo cáo.")
    operations.file_incoming(letter.UID())


def petition(stage: Stage) -> Story:
    """A petition in the book of its own, with the board of internal affairs."""
    yield at(6, "08:25", "vanthu.thainguyen")
    letter = stage.register(HOME, "don-dat-dai", written=8, book=PETITIONS)
    stage.along(letter)
    yield at(6, "09:40", "chanhvp.thainguyen")
    stage.along(letter)
    yield at(6, "14:30", "lanhdao.thainguyen")
    directive = "Ban Nội chính kiểm tra, báo cáo Thường trực."
    operations.transfer(letter.UID(), [stage.unit("A76.03")], directive=directive, deadline=stage.day(-3))
    yield at(5, "09:15", "truongban.bnc.thainguyen")
    operations.transfer(letter.UID(), [stage.person("chuyenvien.bnc.thainguyen")])


def new_petition(stage: Stage) -> Story:
    """A petition that was registered yesterday and nobody has yet."""
    yield at(1, "15:10", "vanthu.thainguyen")
    stage.register(HOME, "don-cap-nuoc", written=3, book=PETITIONS)


def given_back(stage: Stage) -> Story:
    """The clerk passed it to the wrong board, which gave it back."""
    yield at(5, "08:30", "vanthu.thainguyen")
    letter = stage.register(HOME, "tiep-dan", written=6)
    operations.transfer(letter.UID(), [stage.unit("A76.01")])
    yield at(4, "10:20", "truongban.btc.thainguyen")
    operations.return_slip(stage.slip(letter), "Nội dung thuộc Ban Nội chính, đề nghị chuyển đúng cơ quan.")


def lines_to_communes(stage: Stage) -> Story:
    """An urgent letter that the leader sent back to the office with a deadline that has passed."""
    yield at(4, "08:10", "vanthu.thainguyen")
    letter = stage.register(HOME, "duong-truyen", written=5)
    operations.transfer(letter.UID(), [stage.unit(HOME, "leader")], directive="Văn bản khẩn, kính trình.")
    yield at(4, "09:05", "lanhdao.thainguyen")
    operations.transfer(
        letter.UID(),
        [stage.unit(HOME), stage.person("truongphong.chuyendoiso.thainguyen", "support")],
        directive="Văn phòng sao gửi các đảng uỷ xã, phường; tổng hợp kết quả kiểm tra, báo cáo Thường trực.",
        deadline=stage.day(1),
    )


def contest(stage: Stage) -> Story:
    """Something for the clerk to do, for information to others."""
    yield at(3, "08:30", "vanthu.thainguyen")
    letter = stage.register(HOME, "thi-dua", written=4)
    stage.along(letter)
    yield at(3, "10:30", "chanhvp.thainguyen")
    operations.transfer(
        letter.UID(),
        [
            stage.person("vanthu.thainguyen"),
            stage.person("truongphong.tonghop.thainguyen", "support"),
            stage.person("luutru.thainguyen", "informed"),
        ],
        directive="Đồng chí văn thư thống kê số liệu văn bản đến, đi trong năm.",
        deadline=stage.day(-4),
    )


def invitation(stage: Stage) -> Story:
    """An invitation that the clerk gets for information."""
    yield at(2, "13:40", "vanthu.thainguyen")
    letter = stage.register(HOME, "giay-moi", written=3)
    stage.along(letter)
    yield at(2, "14:25", "chanhvp.thainguyen")
    operations.transfer(
        letter.UID(),
        [stage.person("truongphong.hanhchinh.thainguyen"), stage.person("vanthu.thainguyen", "informed")],
        directive="Phòng Hành chính bố trí phòng họp, kiểm tra kỹ thuật.",
        deadline=stage.day(-2),
    )


def waiting_letters(stage: Stage) -> Story:
    """What the clerk finds in the morning: letters to be registered, and some that nobody has been given."""
    yield at(1, "14:05", "vanthu.thainguyen")
    stage.register(HOME, "gop-y", written=2)
    yield at(1, "14:20", "vanthu.thainguyen")
    stage.register(HOME, "hoc-tap", written=4)
    yield at(1, "16:35", "vanthu2.thainguyen")
    stage.receive(HOME, "so-hoa", written=3)
    stage.receive(HOME, "truc-le", written=2)


def ordinary_week(stage: Stage, code: str, name: str) -> Story:
    """The same circular letters in another province."""
    yield at(8, "08:45", f"vanthu.{name}")
    report = stage.register(code, "dao-tao", written=11)
    stage.along(report)
    yield at(8, "10:15", f"chanhvp.{name}")
    stage.along(report, "Kính trình Thường trực.")
    yield at(7, "09:10", f"lanhdao.{name}")
    directive = "Ban Tổ chức chủ trì tham mưu báo cáo."
    operations.transfer(report.UID(), [stage.unit(f"{code}.01")], directive=directive, deadline=stage.day(1))
    yield at(6, "08:30", f"truongban.btc.{name}")
    operations.transfer(report.UID(), [stage.person(f"chuyenvien.btc.{name}")], deadline=stage.day(2))
    yield at(4, "08:20", f"vanthu.{name}")
    lines = stage.register(code, "duong-truyen", written=5)
    operations.transfer(lines.UID(), [stage.unit(code, "leader")])
    yield at(4, "14:20", f"lanhdao.{name}")
    operations.transfer(lines.UID(), [stage.person(f"truongphong.chuyendoiso.{name}")], deadline=stage.day(-1))
    yield at(3, "08:30", f"vanthu.{name}")
    stage.register(code, "thi-dua", written=4)
    yield at(1, "15:50", f"vanthu.{name}")
    stage.receive(code, "gop-y", written=2)


def central_week(stage: Stage) -> Story:
    """The Central Office has letters of its own."""
    yield at(6, "09:00", "vanthu.vptw")
    notice = stage.register("A01", "giay-moi", written=7)
    stage.along(notice)
    yield at(6, "10:30", "hanhchinh.vptw")
    operations.transfer(notice.UID(), [stage.person("truongphong.tonghop.vptw")], deadline=stage.day(-2))
    yield at(5, "08:30", "truongphong.tonghop.vptw")
    operations.transfer(notice.UID(), [stage.person("chuyenvien.tonghop.vptw")], deadline=stage.day(-1))
    yield at(2, "08:30", "vanthu.vptw")
    stage.register("A01", "gop-y", written=3)
    yield at(1, "09:30", "vanthu.vptw")
    stage.receive("A01", "tiep-dan", written=3)
