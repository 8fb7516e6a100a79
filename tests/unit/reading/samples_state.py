"""Letters of State organs: a Công văn and a decision."""

from datetime import date

from tests.unit.reading.letters import Letter


STATE_LETTER = Letter(
    name="state-letter",
    layout="state",
    organ=("ỦY BAN NHÂN DÂN", "TỈNH AN GIANG"),
    number="Số: 2315/UBND-VX",
    subject="V/v tổ chức kỷ niệm Ngày truyền thống các cơ quan tham mưu",
    dated="An Giang, ngày 09 tháng 9 năm 2026",
    to=("Các sở, ban, ngành tỉnh", "Ủy ban nhân dân các xã, phường, đặc khu"),
    paragraphs=(
        "Xét đề nghị của Sở Nội vụ tại Tờ trình số 88/TTr-SNV ngày 01 tháng 9 năm 2026, Ủy ban nhân dân tỉnh có ý "
        "kiến như sau:",
        "1. Yêu cầu Sở Nội vụ chủ trì xây dựng kế hoạch tổ chức, trình Ủy ban nhân dân tỉnh trước ngày 20 tháng 9 "
        "năm 2026.",
        "2. Các sở, ban, ngành tỉnh báo cáo kết quả về Sở Nội vụ chậm nhất là ngày 15/10/2026./.",
    ),
    copies=("Như trên", "TT. Tỉnh ủy", "Lưu: VT, VX"),
    authority=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
    position=("PHÓ CHỦ TỊCH",),
    given=(("Sở Nội vụ", date(2026, 9, 20)), ("Các sở, ban, ngành tỉnh", date(2026, 10, 15))),
    truth={
        "number_symbol": "2315/UBND-VX",
        "document_date": "2026-09-09",
        "issuing_place": "An Giang",
        "issuer": "Ủy ban nhân dân tỉnh An Giang",
        "type": "state.cong-van",
        "title": "V/v tổ chức kỷ niệm Ngày truyền thống các cơ quan tham mưu",
        "signer": "Phạm Thành Đạt",
        "signer_title": "Phó Chủ tịch",
        "recipients": "Các sở, ban, ngành tỉnh\nỦy ban nhân dân các xã, phường, đặc khu\nTT. Tỉnh ủy",
        "pages": "1",
    },
)

DECISION = Letter(
    name="state-decision",
    layout="state",
    superior=("ỦY BAN NHÂN DÂN", "TỈNH AN GIANG"),
    organ=("SỞ NỘI VỤ",),
    number="Số: 415/QĐ-SNV",
    type_name="QUYẾT ĐỊNH",
    subject="Về việc thành lập Tổ giúp việc xây dựng Đề án vị trí việc làm",
    dated="An Giang, ngày 16 tháng 11 năm 2026",
    paragraphs=(
        "Căn cứ Quyết định số 12/2025/QĐ-UBND ngày 15 tháng 3 năm 2025 của Ủy ban nhân dân tỉnh quy định chức "
        "năng, nhiệm vụ của Sở Nội vụ;",
        "Theo đề nghị của Chánh Văn phòng Sở.",
        "Điều 1. Thành lập Tổ giúp việc xây dựng Đề án vị trí việc làm gồm các ông, bà có tên trong danh sách kèm "
        "theo.",
        "Điều 2. Tổ giúp việc có trách nhiệm hoàn thành dự thảo Đề án trong vòng 30 ngày kể từ ngày ký Quyết định này.",
        "Điều 3. Chánh Văn phòng Sở và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    ),
    copies=("Như Điều 3", "Ủy ban nhân dân tỉnh", "Lưu: VT"),
    position=("GIÁM ĐỐC",),
    given=(("Tổ giúp việc", date(2026, 12, 16)),),
    truth={
        "number_symbol": "415/QĐ-SNV",
        "document_date": "2026-11-16",
        "issuing_place": "An Giang",
        "issuer": "Sở Nội vụ tỉnh An Giang",
        "type": "state.quyet-dinh",
        "title": "Về việc thành lập Tổ giúp việc xây dựng Đề án vị trí việc làm",
        "signer": "Bùi Ngọc Ánh",
        "signer_title": "Giám đốc",
        "recipients": "Ủy ban nhân dân tỉnh",
        "pages": "1",
    },
)
