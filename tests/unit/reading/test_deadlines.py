"""Deadlines as letters word them."""

from datetime import date

import pytest

from party.operations.reading import deadlines


WRITTEN = date(2025, 6, 25)
TODAY = date(2025, 6, 27)


@pytest.mark.parametrize(
    ("sentence", "day", "sure"),
    [
        ("hoàn thành trước ngày 27/6/2025.", date(2025, 6, 27), True),
        ("hoàn thành ngày 27/6/2025", date(2025, 6, 27), True),
        ("gửi báo cáo trước 17 giờ ngày 30/6/2025", date(2025, 6, 30), True),
        ("gửi báo cáo trước 16 giờ 30 phút, ngày 30 tháng 6 năm 2025", date(2025, 6, 30), True),
        ("gửi về Văn phòng trước 17h00 ngày 02-7-2025", date(2025, 7, 2), True),
        ("chậm nhất ngày 15 tháng 7 năm 2025", date(2025, 7, 15), True),
        ("chậm nhất là ngày 15/7/2025", date(2025, 7, 15), True),
        ("thời hạn hoàn thành: 15/7/2025", date(2025, 7, 15), True),
        ("báo cáo kết quả trước 30/11/2025", date(2025, 11, 30), True),
        # without a year: the first such day after the letter
        ("hoàn thành trước ngày 27/6", date(2025, 6, 27), False),
        ("hoàn thành trước ngày 15/01", date(2026, 1, 15), False),
        ("đến ngày 31/12/2025 đạt 30% số hồ sơ", date(2025, 12, 31), False),
        ("hoàn thành trong tháng 7/2025", date(2025, 7, 31), True),
        ("hoàn thành trong tháng 02 năm 2028", date(2028, 2, 29), True),
        ("xong trước tháng 9/2025", date(2025, 8, 31), True),
        ("hoàn thành trong tháng 3", date(2026, 3, 31), False),
        ("tổ chức trong quý III", date(2025, 9, 30), False),
        ("tổ chức trong quý IV năm 2025", date(2025, 12, 31), True),
        ("xong trước quý I/2026", date(2025, 12, 31), True),
        ("hoàn thành trong năm 2025", date(2025, 12, 31), False),
        ("trong vòng 10 ngày kể từ ngày ký", date(2025, 7, 5), False),
        ("trong thời hạn 5 ngày làm việc, kể từ ngày ban hành", date(2025, 7, 2), False),
        ("trong vòng 10 ngày kể từ ngày nhận được công văn này", date(2025, 7, 7), False),
        ("trong vòng 10 ngày kể từ khi hội nghị kết thúc", None, False),
        ("định kỳ hằng tháng báo cáo kết quả", None, False),
    ],
)
def test_a_deadline(sentence: str, day: date | None, sure: bool) -> None:
    (found,) = deadlines.find(sentence, WRITTEN, TODAY)
    assert (found.day, found.sure) == (day, sure)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Kế hoạch số 02-KH/BCĐTW, ngày 19/6/2025",
        "theo mô hình chính quyền địa phương hai cấp từ ngày 01/7/2025",
        "hoàn thành trước ngày 31/6/2025",
        "trước hết là công tác cán bộ",
        "trong thời gian tới",
        "khen thưởng hằng năm",
        "xã Trường 12/5",
        "",
    ],
)
def test_no_deadline(sentence: str) -> None:
    assert deadlines.find(sentence, WRITTEN, TODAY) == []


def test_two_deadlines_in_one_sentence() -> None:
    found = deadlines.find("gửi dự thảo trước ngày 01/7/2025, hoàn thành trước ngày 15/7/2025", WRITTEN, TODAY)
    assert [each.day for each in found] == [date(2025, 7, 1), date(2025, 7, 15)]
