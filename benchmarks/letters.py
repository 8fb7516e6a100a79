"""The letters that both sites of :mod:`benchmarks.stock` are filled with: the same words, readers and days in each.

Every letter is read by the clerk and by one to three of 300 units; every hundredth is passed to one officer.
"""

import random
from dataclasses import dataclass
from datetime import date
from datetime import timedelta


UNITS = 300
#: the unit of the officer, whose letters are one in some hundred and fifty
OWN = 7
FIRST_DAY = date(2024, 1, 1)
DAYS = 1050
#: the longest that anything is filled with; the day of a letter does not depend on how many there are
MOST = 50_000
WORDS = 150
#: every so many letters have these words, in this order
RARE, EVERY = "hạn hán kéo dài", 200

_PHRASES = tuple(
    """báo cáo kết quả thực hiện nghị quyết|triệu tập hội nghị ban chấp hành|xin ý kiến về công tác nhân sự
    |giao nhiệm vụ cho các đơn vị trực thuộc|đẩy mạnh chuyển đổi số trong các cơ quan|phòng chống lãng phí, tiêu cực
    |sơ kết công tác dân vận ở cơ sở|xây dựng nông thôn mới nâng cao|bảo đảm an ninh trật tự dịp lễ
    |kiểm tra việc chấp hành điều lệ|khen thưởng tập thể và cá nhân|đào tạo, bồi dưỡng cán bộ trẻ
    |phát triển kinh tế tập thể và hợp tác xã|quản lý tài chính, tài sản công|bảo vệ môi trường và nguồn nước
    |chuẩn bị đại hội nhiệm kỳ mới|rà soát, sắp xếp tổ chức bộ máy|tuyên truyền về bầu cử
    |hỗ trợ hộ nghèo và gia đình chính sách|cải cách thủ tục hành chính|khuyến nông và bảo vệ thực vật
    |tiếp nhận, xử lý đơn thư của công dân|thông tin tuyên truyền đối ngoại|học tập và làm theo tấm gương
    |giải phóng mặt bằng tuyến đường ven biển|kết nạp đảng viên trong học sinh, sinh viên|ứng phó với mưa lũ, sạt lở đất
    |quy hoạch cán bộ lãnh đạo các cấp|bàn giao hồ sơ, tài liệu lưu trữ|tổ chức lễ kỷ niệm ngày thành lập""".replace(
        "\n", ""
    ).split("|")
)


@dataclass(frozen=True)
class Letter:
    """One letter: what stands in it, from when it is, and who reads it beside the clerk."""

    number: int
    title: str
    issuer: str
    number_symbol: str
    day: date
    text: str
    units: tuple[int, ...]
    #: passed to the officer himself
    passed: bool


def letter(number: int) -> Letter:
    """The letter of that number, always the same."""
    chance = random.Random(number)
    body: list[str] = []
    while len(body) < WORDS:
        body += chance.choice(_PHRASES).split()
    if number % EVERY == 0:
        body[100:100] = RARE.split()
    subject = " ".join(chance.sample(_PHRASES, 2))
    issuer = f"Đảng uỷ xã số {chance.randrange(200)}"
    units = tuple(sorted({chance.randrange(UNITS) for _each in range(chance.randint(1, 3))}))
    day = FIRST_DAY + timedelta(days=number * DAYS // MOST)
    return Letter(
        number, f"V/v {subject} số {number}", issuer, f"{number}-BC/ĐU", day, " ".join(body), units, number % 100 == 0
    )
