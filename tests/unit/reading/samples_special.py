"""Letters with something special: stamps, recipients in two columns, pages that are kept lying."""

from datetime import date

from tests.unit.reading.letters import Letter
from tests.unit.reading.letters import LONG


SECRET = Letter(
    name="party-secret-directive",
    superior=("ĐẢNG BỘ TỈNH AN GIANG",),
    organ=("TỈNH ỦY",),
    number="Số 05-CT/TU",
    stamps=("MẬT",),
    type_name="CHỈ THỊ",
    subject="về tăng cường công tác bảo vệ bí mật nhà nước trong tình hình mới",
    dated="An Giang, ngày 17 tháng 3 năm 2026",
    paragraphs=(
        LONG,
        "1. Các cấp uỷ quán triệt Chỉ thị này đến toàn thể đảng viên, hoàn thành trong tháng 5 năm 2026.",
        LONG,
    ),
    copies=("Các đảng ủy trực thuộc Tỉnh ủy", "Lưu Văn phòng Tỉnh ủy"),
    authority=("T/M BAN THƯỜNG VỤ",),
    position=("BÍ THƯ",),
    given=(("Các cấp uỷ", date(2026, 5, 31)),),
    truth={
        "number_symbol": "05-CT/TU",
        "document_date": "2026-03-17",
        "issuing_place": "An Giang",
        "issuer": "Tỉnh ủy An Giang",
        "type": "party.chi-thi",
        "title": "Về tăng cường công tác bảo vệ bí mật nhà nước trong tình hình mới",
        "level": "secret",
        "signer": "Võ Thị Ánh Tuyết",
        "signer_title": "Bí thư",
        "recipients": "Các đảng ủy trực thuộc Tỉnh ủy",
        "pages": "1",
    },
)

URGENT = Letter(
    name="party-flash",
    superior=("TỈNH ỦY AN GIANG",),
    organ=("BAN TỔ CHỨC",),
    number="Số 902-CV/BTCTU",
    subject="V/v báo cáo nhân sự đột xuất",
    stamps=("TỐI MẬT", "HỎA TỐC"),
    dated="An Giang, ngày 30 tháng 01 năm 2026",
    to=("Đảng ủy Công an tỉnh",),
    paragraphs=(
        "Thực hiện ý kiến chỉ đạo của Thường trực Tỉnh ủy, Ban Tổ chức Tỉnh ủy đề nghị Đảng ủy Công an tỉnh báo "
        "cáo nhân sự về "
        "Ban Tổ chức Tỉnh ủy trước 17h00 ngày 02/02/2026.",
        LONG,
    ),
    copies=("Như trên", "Lưu Ban Tổ chức Tỉnh ủy"),
    authority=("K/T TRƯỞNG BAN",),
    position=("PHÓ TRƯỞNG BAN",),
    given=(("Đảng ủy Công an tỉnh", date(2026, 2, 2)),),
    truth={
        "number_symbol": "902-CV/BTCTU",
        "document_date": "2026-01-30",
        "issuing_place": "An Giang",
        "issuer": "Ban Tổ chức Tỉnh ủy An Giang",
        "type": "party.cong-van",
        "title": "V/v báo cáo nhân sự đột xuất",
        "level": "top-secret",
        "urgency": "flash",
        "signer": "Đặng Hoài Nam",
        "signer_title": "Phó Trưởng ban",
        "recipients": "Đảng ủy Công an tỉnh",
        "pages": "1",
    },
)

TWO_COLUMNS = Letter(
    name="party-report-two-columns",
    superior=("ĐẢNG BỘ THÀNH PHỐ CẦN THƠ",),
    organ=("THÀNH ỦY",),
    number="Số 64-BC/TU",
    stamps=("KHẨN",),
    type_name="BÁO CÁO",
    subject="tình hình, kết quả thực hiện Nghị quyết về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển "
    "đổi số quý III, "
    "phương hướng, nhiệm vụ trọng tâm quý IV năm 2026 của Đảng bộ thành phố",
    dated="Cần Thơ, ngày 01 tháng 10 năm 2026",
    paragraphs=(LONG, "I. Kết quả đạt được", LONG, LONG, "II. Nhiệm vụ trọng tâm quý IV", LONG),
    copies=("Bộ Chính trị", "Ban Bí thư", "Văn phòng Trung ương", "Các ban đảng", "Các quận ủy cũ", "Lưu VPTU"),
    two_columns=True,
    authority=("T/M BAN THƯỜNG VỤ",),
    position=("PHÓ BÍ THƯ",),
    truth={
        "number_symbol": "64-BC/TU",
        "document_date": "2026-10-01",
        "issuing_place": "Cần Thơ",
        "issuer": "Thành ủy Cần Thơ",
        "type": "party.bao-cao",
        "title": "Tình hình, kết quả thực hiện Nghị quyết về phát triển khoa học, công nghệ, đổi mới sáng tạo và "
        "chuyển đổi số quý III, "
        "phương hướng, nhiệm vụ trọng tâm quý IV năm 2026 của Đảng bộ thành phố",
        "urgency": "urgent",
        "signer": "Lý Thanh Tùng",
        "signer_title": "Phó Bí thư",
        "recipients": "Bộ Chính trị\nBan Bí thư\nVăn phòng Trung ương\nCác ban đảng\nCác quận ủy cũ",
        "pages": "2",
    },
)

TURNED = Letter(
    name="party-turned-pages",
    superior=("BAN CHẤP HÀNH TRUNG ƯƠNG",),
    organ=("BAN TỔ CHỨC",),
    number="Số 771-HD/BTCTW",
    type_name="HƯỚNG DẪN",
    subject="về hồ sơ đảng viên điện tử",
    dated="Hà Nội, ngày 28 tháng 8 năm 2026",
    turned=90,
    paragraphs=(
        LONG,
        "1. Các tỉnh uỷ, thành uỷ rà soát hồ sơ, báo cáo về Ban Tổ chức Trung ương trước 30/11/2026.",
        LONG,
        LONG,
        "2. Văn phòng Trung ương Đảng bảo đảm hạ tầng kỹ thuật phục vụ việc cập nhật, khai thác hồ sơ đảng viên "
        "điện tử tại tất cả các cấp "
        "từ Trung ương đến cơ sở, rà soát và nâng cấp máy chủ, đường truyền, thiết bị bảo mật đáp ứng yêu cầu của "
        "Hướng dẫn này, bàn giao cho "
        "các cơ quan sử dụng, hoàn thành trước ngày 15/10/2026.",
        LONG,
        LONG,
        LONG,
        "3. Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các cấp uỷ gửi ý kiến về Ban Tổ chức Trung ương.",
    ),
    copies=("Các tỉnh uỷ, thành uỷ", "Các đảng uỷ trực thuộc Trung ương", "Lưu Ban Tổ chức Trung ương"),
    position=("TRƯỞNG BAN",),
    given=(("Các tỉnh uỷ, thành uỷ", date(2026, 11, 30)), ("Văn phòng Trung ương Đảng", date(2026, 10, 15))),
    truth={
        "number_symbol": "771-HD/BTCTW",
        "document_date": "2026-08-28",
        "issuing_place": "Hà Nội",
        "issuer": "Ban Tổ chức Trung ương",
        "type": "party.huong-dan",
        "title": "Về hồ sơ đảng viên điện tử",
        "signer": "Hoàng Đăng Quang",
        "signer_title": "Trưởng ban",
        "recipients": "Các tỉnh uỷ, thành uỷ\nCác đảng uỷ trực thuộc Trung ương",
        "pages": "2",
    },
)
