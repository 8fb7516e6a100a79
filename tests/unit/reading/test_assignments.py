"""Who is to do what: addressees of sentences with a deadline."""

from datetime import date

import pytest

from party.operations.reading import assignments
from party.operations.reading.lines import Line
from party.operations.reading.lines import rows
from party.operations.reading.model import Assignment
from tests.unit.reading.known import Office
from tests.unit.reading.typed import paragraphs


WRITTEN = date(2026, 6, 12)
BY = "hoàn thành trước ngày 30/6/2026."
DAY = date(2026, 6, 30)


def find(
    *texts: str, to: tuple[str, ...] = (), written: date | None = WRITTEN, recognised: bool = False
) -> list[Assignment]:
    lines = [Line(1, tuple(row)) for row in rows(paragraphs(list(texts), 100))]
    return assignments.find(lines, written, list(to), Office(), recognised=recognised)


@pytest.mark.parametrize(
    ("texts", "addressee"),
    [
        ((f"Đề nghị các tỉnh uỷ, thành uỷ báo cáo tình hình, {BY}",), "các tỉnh uỷ, thành uỷ"),
        ((f"Giao Ban Tổ chức Tỉnh ủy chủ trì tham mưu, {BY}",), "Ban Tổ chức Tỉnh ủy"),
        ((f"Thành uỷ Hà Nội: Sơ kết việc thí điểm, {BY}",), "Thành uỷ Hà Nội"),
        ((f"Sở Nội vụ phối hợp với các đơn vị xây dựng kế hoạch, {BY}",), "Sở Nội vụ"),
        ((f"Văn phòng Tỉnh ủy bàn giao cho các cơ quan sử dụng, {BY}",), "Văn phòng Tỉnh ủy"),
        (("a) Ban Cơ yếu Chính phủ", f"- Cấp chứng thư số, {BY}"), "Ban Cơ yếu Chính phủ"),
        (("2. Giao Sở Nội vụ:", f"- Rà soát vị trí việc làm, {BY}"), "Sở Nội vụ"),
        (("Đề nghị các đảng ủy trực thuộc:", f"- Gửi danh sách, {BY}"), "các đảng ủy trực thuộc"),
        ((f"Rà soát, gửi danh sách cán bộ, {BY}",), "Các ban đảng"),
    ],
)
def test_the_addressee(texts: tuple[str, ...], addressee: str) -> None:
    (found,) = find(*texts, to=("Các ban đảng",))
    assert (found.addressee, found.deadline) == (addressee, DAY)


def test_a_heading_holds_until_the_next_one() -> None:
    found = find(
        "1. Hạ tầng",
        "a) Ban Cơ yếu Chính phủ",
        f"- Cấp chứng thư số, {BY}",
        f"- Kiểm tra thiết bị, {BY}",
        "b) Cục Bưu điện Trung ương",
        f"Bảo đảm đường truyền, {BY}",
        "2. Tập huấn",
        f"- Bố trí cán bộ tham gia, {BY}",
        to=("Các ban đảng",),
    )
    names = ["Ban Cơ yếu Chính phủ", "Ban Cơ yếu Chính phủ", "Cục Bưu điện Trung ương", "Các ban đảng"]
    assert [each.addressee for each in found] == names
    assert [each.certainty for each in found] == ["certain", "certain", "certain", "likely"]
    assert [each.unit for each in found] == ["bcy", "bcy", "bdtw", ""]


def test_a_sentence_holds_what_is_to_be_done_by_its_day() -> None:
    (found,) = find(f"- Gửi danh sách đơn vị; cung cấp thông tin của cán bộ, {BY}", to=("Các ban đảng",))
    assert found.sentence == f"Gửi danh sách đơn vị; cung cấp thông tin của cán bộ, {BY}"
    first, second = find(
        f"- Thành uỷ Hà Nội: Sơ kết thí điểm, hoàn thành trước ngày 15/6/2026; triển khai diện rộng, {BY}"
    )
    assert (first.addressee, first.deadline) == ("Thành uỷ Hà Nội", date(2026, 6, 15))
    assert (second.addressee, second.deadline, second.sentence) == (
        "Thành uỷ Hà Nội",
        DAY,
        f"triển khai diện rộng, {BY}",
    )


@pytest.mark.parametrize(
    "text",
    [
        # what the letter is founded on
        "Thực hiện Kế hoạch số 21-KH/BCĐTW, ngày 19/5/2026 về chuyển đổi số, hoàn thành trước ngày 01/9/2026.",
        # what was done before
        "Các đơn vị đã triển khai xong trước ngày 30/4/2026.",
        # nothing to be done
        "Đơn vị có nhiều cán bộ nghỉ hưu trước ngày 30/9/2026.",
        "Văn phòng sẽ định kỳ thống kê kết quả làm cơ sở khen thưởng hằng năm.",
    ],
)
def test_what_is_no_assignment(text: str) -> None:
    assert find(text) == []


def test_a_deadline_in_what_is_founded_on_is_not_that_of_what_is_asked() -> None:
    found = find(f"Thực hiện Kế hoạch hoàn thành trước ngày 01/9/2026, đề nghị Sở Nội vụ báo cáo, {BY}")
    assert [(each.addressee, each.deadline) for each in found] == [("Sở Nội vụ", DAY)]


def test_who_is_only_supposed_to_be_meant_is_not_certain() -> None:
    (guessed,) = find(f"Rà soát, gửi danh sách cán bộ, {BY}", to=("Ban Cơ yếu Chính phủ",))
    assert guessed.certainty == "likely"
    (undated,) = find(f"Sở Nội vụ tỉnh An Giang xây dựng kế hoạch, {BY}", written=None)
    assert undated.certainty == "likely"
    (recognised,) = find(f"Sở Nội vụ tỉnh An Giang xây dựng kế hoạch, {BY}", recognised=True)
    assert recognised.certainty == "likely"
    (told,) = find(f"Sở Nội vụ tỉnh An Giang dự kiến triển khai, {BY}")
    assert told.certainty == "likely"
    (sure,) = find(f"Sở Nội vụ tỉnh An Giang xây dựng kế hoạch, {BY}")
    assert (sure.certainty, sure.unit) == ("certain", "snv-ag")


def test_what_comes_again_has_no_day() -> None:
    (found,) = find("Định kỳ hằng tháng, các chi bộ báo cáo kết quả về Đảng ủy.")
    assert (found.deadline, found.certainty) == (None, "doubtful")


def test_a_place_has_a_box_for_each_line() -> None:
    long = "rà soát toàn bộ hồ sơ, tài liệu, lập danh mục và " * 4
    (found,) = find(f"Sở Nội vụ {long} {BY}")
    assert len(found.place.boxes) > 2
    assert all(one[3] <= other[1] + 1 for one, other in zip(found.place.boxes, found.place.boxes[1:], strict=False))
