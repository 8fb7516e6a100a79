"""Letters of Party organs: a Công văn of the centre, notice, plan, regulation, a draft without number."""

from datetime import date

from tests.unit.reading.letters import Letter
from tests.unit.reading.letters import LONG


CENTRAL = Letter(
    name="party-central",
    superior=("BAN CHẤP HÀNH TRUNG ƯƠNG",),
    organ=("VĂN PHÒNG",),
    number="Số 4821-CV/VPTW",
    subject="V/v chuẩn bị hạ tầng và nhân lực phục vụ vận hành hệ thống thông tin điều hành tác nghiệp từ ngày "
    "01/9/2026",
    dated="Hà Nội, ngày 12 tháng 6 năm 2026",
    to=("Các ban đảng Trung ương", "Các tỉnh uỷ, thành uỷ", "Ban Cơ yếu Chính phủ", "Cục Bưu điện Trung ương"),
    paragraphs=(
        "Thực hiện Kế hoạch số 21-KH/BCĐTW, ngày 19/5/2026 của Ban Chỉ đạo Trung ương về chuyển đổi số trong các "
        "cơ quan đảng, hoàn thành "
        "trước ngày 01/9/2026 từ Trung ương đến cấp xã, Văn phòng Trung ương Đảng đề nghị:",
        "1. Chuẩn bị hạ tầng",
        "a) Các tỉnh uỷ, thành uỷ",
        "- Rà soát máy tính, máy in, máy quét tại các xã, phường, đặc khu; gửi danh sách thiết bị còn thiếu, hoàn "
        "thành trước ngày 30/6/2026.",
        "- Bố trí cán bộ tiếp nhận thiết bị bảo mật và tham gia tập huấn, chậm nhất ngày 15 tháng 7 năm 2026.",
        "b) Cục Bưu điện Trung ương",
        "Bảo đảm đường truyền thông suốt đến các điểm cầu cấp xã, hoàn thành trước ngày 20/7/2026.",
        "c) Ban Cơ yếu Chính phủ",
        "- Cấp chứng thư số cho cán bộ được giao nhiệm vụ, hoàn thành ngày 25/7/2026.",
        "2. Tổ chức tập huấn",
        "Thành uỷ Hà Nội: Chuẩn bị hội trường và điểm cầu dự phòng, hoàn thành trước ngày 05/7/2026; báo cáo kết "
        "quả trước 17 giờ ngày 10/7/2026.",
        LONG,
        "Văn phòng Trung ương Đảng đề nghị các đồng chí quan tâm, chỉ đạo thực hiện.",
    ),
    copies=("Như trên", "Đồng chí Chánh Văn phòng Trung ương Đảng (để báo cáo)", "Lưu Văn phòng Trung ương Đảng"),
    authority=("K/T CHÁNH VĂN PHÒNG",),
    position=("PHÓ CHÁNH VĂN PHÒNG",),
    given=(
        ("Các tỉnh uỷ, thành uỷ", date(2026, 6, 30)),
        ("Các tỉnh uỷ, thành uỷ", date(2026, 7, 15)),
        ("Cục Bưu điện Trung ương", date(2026, 7, 20)),
        ("Ban Cơ yếu Chính phủ", date(2026, 7, 25)),
        ("Thành uỷ Hà Nội", date(2026, 7, 5)),
        ("Thành uỷ Hà Nội", date(2026, 7, 10)),
    ),
    truth={
        "number_symbol": "4821-CV/VPTW",
        "document_date": "2026-06-12",
        "issuing_place": "Hà Nội",
        "issuer": "Văn phòng Trung ương Đảng",
        "type": "party.cong-van",
        "title": "V/v chuẩn bị hạ tầng và nhân lực phục vụ vận hành hệ thống thông tin điều hành tác nghiệp từ "
        "ngày 01/9/2026",
        "signer": "Lê Minh Khôi",
        "signer_title": "Phó Chánh Văn phòng",
        "recipients": "Các ban đảng Trung ương\nCác tỉnh uỷ, thành uỷ\nBan Cơ yếu Chính phủ\nCục Bưu điện Trung ương\n"
        "Đồng chí Chánh Văn phòng Trung ương Đảng (để báo cáo)",
        "pages": "2",
    },
)

NOTICE = Letter(
    name="party-province-notice",
    superior=("ĐẢNG BỘ TỈNH AN GIANG",),
    organ=("TỈNH ỦY",),
    number="Số 118-TB/TU",
    type_name="THÔNG BÁO",
    subject="kết luận của Ban Thường vụ Tỉnh ủy về công tác cải cách hành chính 6 tháng đầu năm 2026",
    dated="An Giang, ngày 03 tháng 7 năm 2026",
    paragraphs=(
        "Ngày 30/6/2026, Ban Thường vụ Tỉnh ủy họp cho ý kiến về công tác cải cách hành chính. Sau khi nghe báo "
        "cáo và ý kiến thảo luận, "
        "Ban Thường vụ Tỉnh ủy kết luận như sau:",
        "1. Cơ bản thống nhất với báo cáo của Đảng ủy Ủy ban nhân dân tỉnh.",
        "2. Giao Ban Tổ chức Tỉnh ủy chủ trì, phối hợp với các cơ quan liên quan tham mưu quy định về đánh giá cán "
        "bộ, trình Ban Thường vụ "
        "Tỉnh ủy trong tháng 8/2026.",
        "3. Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện, báo cáo kết quả trước ngày 25/9/2026.",
    ),
    copies=("Các cơ quan tham mưu, giúp việc Tỉnh ủy", "Các đảng ủy trực thuộc Tỉnh ủy", "Lưu Văn phòng Tỉnh ủy"),
    authority=("T/L BAN THƯỜNG VỤ",),
    position=("CHÁNH VĂN PHÒNG",),
    given=(("Ban Tổ chức Tỉnh ủy", date(2026, 8, 31)), ("Văn phòng Tỉnh ủy", date(2026, 9, 25))),
    truth={
        "number_symbol": "118-TB/TU",
        "document_date": "2026-07-03",
        "issuing_place": "An Giang",
        "issuer": "Tỉnh ủy An Giang",
        "type": "party.thong-bao",
        "title": "Kết luận của Ban Thường vụ Tỉnh ủy về công tác cải cách hành chính 6 tháng đầu năm 2026",
        "signer": "Trần Thị Thu Hà",
        "signer_title": "Chánh Văn phòng",
        "recipients": "Các cơ quan tham mưu, giúp việc Tỉnh ủy\nCác đảng ủy trực thuộc Tỉnh ủy",
        "pages": "1",
    },
)

COMMUNE = Letter(
    name="party-commune-plan",
    superior=("ĐẢNG BỘ TỈNH AN GIANG",),
    organ=("ĐẢNG ỦY XÃ MỸ HÒA HƯNG",),
    number="Số 07-KH/ĐU",
    type_name="KẾ HOẠCH",
    subject="kiểm tra, giám sát năm 2026",
    dated="Mỹ Hòa Hưng, ngày 05 tháng 02 năm 2026",
    paragraphs=(
        "Căn cứ Chương trình công tác năm 2026, Đảng ủy xã xây dựng Kế hoạch kiểm tra, giám sát như sau:",
        "I. Mục đích, yêu cầu",
        LONG,
        "II. Tổ chức thực hiện",
        "1. Các chi bộ trực thuộc xây dựng kế hoạch của mình, gửi về Ủy ban Kiểm tra Đảng ủy trước ngày 28/02/2026.",
        "2. Ủy ban Kiểm tra Đảng ủy hoàn thành việc kiểm tra trong quý III năm 2026.",
    ),
    copies=("Ủy ban Kiểm tra Tỉnh ủy (báo cáo)", "Các chi bộ trực thuộc", "Lưu Văn phòng Đảng ủy"),
    authority=("T/M BAN THƯỜNG VỤ",),
    position=("PHÓ BÍ THƯ THƯỜNG TRỰC",),
    given=(("Các chi bộ trực thuộc", date(2026, 2, 28)), ("Ủy ban Kiểm tra Đảng ủy", date(2026, 9, 30))),
    truth={
        "number_symbol": "07-KH/ĐU",
        "document_date": "2026-02-05",
        "issuing_place": "Mỹ Hòa Hưng",
        "issuer": "Đảng ủy xã Mỹ Hòa Hưng",
        "type": "party.ke-hoach",
        "title": "Kiểm tra, giám sát năm 2026",
        "signer": "Huỳnh Văn Lộc",
        "signer_title": "Phó Bí thư Thường trực",
        "recipients": "Ủy ban Kiểm tra Tỉnh ủy (báo cáo)\nCác chi bộ trực thuộc",
        "pages": "1",
    },
)

TWO_ORGANS = Letter(
    name="party-two-organs",
    superior=("ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG", "TRUNG ƯƠNG"),
    organ=("VĂN PHÒNG",),
    number="Số 56-CV/VPĐUCCQ",
    subject="Về việc đăng ký dự hội nghị trực tuyến",
    dated="Hà Nội, ngày 21 tháng 10 năm 2026",
    to=("Các đảng uỷ trực thuộc",),
    paragraphs=(
        "Để chuẩn bị hội nghị trực tuyến toàn Đảng bộ, Văn phòng Đảng uỷ đề nghị các đảng uỷ trực thuộc gửi danh "
        "sách đại biểu về "
        "Văn phòng trước 16 giờ 30 phút, ngày 26 tháng 10 năm 2026.",
        LONG,
    ),
    copies=("Như trên", "Lưu Văn phòng Đảng uỷ"),
    position=("CHÁNH VĂN PHÒNG",),
    given=(("các đảng uỷ trực thuộc", date(2026, 10, 26)),),
    truth={
        "number_symbol": "56-CV/VPĐUCCQ",
        "document_date": "2026-10-21",
        "issuing_place": "Hà Nội",
        "issuer": "Văn phòng Đảng ủy các cơ quan Đảng Trung ương",
        "type": "party.cong-van",
        "title": "V/v đăng ký dự hội nghị trực tuyến",
        "signer": "Đỗ Quang Huy",
        "signer_title": "Chánh Văn phòng",
        "recipients": "Các đảng uỷ trực thuộc",
        "pages": "1",
    },
)

UNNUMBERED = Letter(
    name="party-long-subject-no-number",
    superior=("TỈNH ỦY AN GIANG",),
    organ=("VĂN PHÒNG",),
    number="Số        -CV/VPTU",
    subject="Tăng cường quản lý, sử dụng chữ ký số chuyên dùng và xử lý văn bản toàn trình trên môi trường điện tử "
    "tại các cơ quan, đơn vị "
    "trong Đảng bộ tỉnh",
    dated="An Giang, ngày      tháng 4 năm 2026",
    draft="Dự thảo lần 2",
    to=("Các cơ quan tham mưu, giúp việc Tỉnh ủy", "Các đảng ủy trực thuộc Tỉnh ủy"),
    paragraphs=(
        LONG,
        "Đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện, định kỳ hằng tháng báo cáo về Văn phòng Tỉnh ủy.",
    ),
    copies=("Như trên", "Lãnh đạo VPTU", "Lưu Văn phòng Tỉnh ủy"),
    authority=("K/T CHÁNH VĂN PHÒNG",),
    position=("PHÓ CHÁNH VĂN PHÒNG",),
    given=(("các cơ quan, đơn vị", None),),
    truth={
        "number_symbol": "-CV/VPTU",
        "document_date": "",
        "issuing_place": "An Giang",
        "issuer": "Văn phòng Tỉnh ủy An Giang",
        "type": "party.cong-van",
        "title": "Tăng cường quản lý, sử dụng chữ ký số chuyên dùng và xử lý văn bản toàn trình trên môi trường "
        "điện tử tại các cơ quan, đơn vị "
        "trong Đảng bộ tỉnh",
        "signer": "Nguyễn Hữu Phước",
        "signer_title": "Phó Chánh Văn phòng",
        "recipients": "Các cơ quan tham mưu, giúp việc Tỉnh ủy\nCác đảng ủy trực thuộc Tỉnh ủy\nLãnh đạo VPTU",
        "pages": "1",
    },
)

REGULATION = Letter(
    name="party-regulation",
    superior=("ĐẢNG BỘ TỈNH AN GIANG",),
    organ=("TỈNH ỦY",),
    number="Số 33-QĐ/TU",
    type_name="QUY ĐỊNH",
    subject="về chế độ báo cáo và ra văn bản của các cơ quan trong Đảng bộ tỉnh",
    dated="An Giang, ngày 14 tháng 5 năm 2026",
    paragraphs=(
        "Căn cứ Điều lệ Đảng Cộng sản Việt Nam; căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ tỉnh, Ban Thường "
        "vụ Tỉnh ủy quy định:",
        "Điều 1. Các đảng ủy trực thuộc gửi báo cáo tháng trước ngày 20 hằng tháng.",
        "Điều 2. Văn phòng Tỉnh ủy ban hành mẫu báo cáo trước ngày 30/6/2026.",
    ),
    copies=("Các đảng ủy trực thuộc Tỉnh ủy", "Lưu Văn phòng Tỉnh ủy"),
    authority=("T/M BAN THƯỜNG VỤ",),
    position=("PHÓ BÍ THƯ",),
    given=(("Các đảng ủy trực thuộc", None), ("Văn phòng Tỉnh ủy", date(2026, 6, 30))),
    truth={
        "number_symbol": "33-QĐ/TU",
        "document_date": "2026-05-14",
        "issuing_place": "An Giang",
        "issuer": "Tỉnh ủy An Giang",
        "type": "party.quy-dinh",
        "title": "Về chế độ báo cáo và ra văn bản của các cơ quan trong Đảng bộ tỉnh",
        "signer": "Lâm Quốc Toàn",
        "signer_title": "Phó Bí thư",
        "recipients": "Các đảng ủy trực thuộc Tỉnh ủy",
        "pages": "1",
    },
)
