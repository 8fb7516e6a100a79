"""Names of organs and positions as they are written in a sentence; names of persons (tên cơ quan, chức vụ, tên người)."""

import re
import unicodedata

from party.operations.reading.matching import closest
from party.operations.reading.matching import flat
from party.operations.reading.syllables import is_syllable


#: words an organ's name begins with, folded
_ORGAN = re.compile(
    r"(?:(?:tinh|thanh|huyen|quan|thi|dang) uy|dang bo|chi bo|dang doan|ban can su|ban chap hanh|ban thuong vu|ban bi thu|"
    r"uy ban|ubnd|ubkt|hoi dong|hdnd|van phong|chi cuc|tong cuc|tong cong ty|tap doan|cong ty|cong an|quan khu|quan chung|"
    r"mat tran|lien doan|trung tam|hoc vien|toa an|vien kiem sat|kho bac|ngan hang|thanh tra|nha xuat ban|trung uong|"
    r"co quan|don vi|dia phuong|dong chi|cap uy)\b"
)
#: words that name an organ only with their own marks, and not before some others: "Bộ" but no "Bố trí", "Tổ" but no "Tổ chức"
_SHORT_ORGAN = re.compile(
    r"(?:bộ|sở|cục|vụ|viện|đài|tổ(?! chức)|hội(?! nghị| thảo)|ban(?! hành)|phòng(?! ngừa|,? chống)|trường(?! hợp)|báo(?! cáo)|"
    r"đoàn(?! kết)|tổ chức đảng)\b",
    re.IGNORECASE,
)

#: phrases of names and titles with their capitals; what is in none of them is a proper name
_PHRASES = re.split(
    r"\s*;\s*",
    """Tỉnh ủy; Thành ủy; Huyện ủy; Quận ủy; Thị ủy; Đảng ủy; Đảng bộ; Chi bộ; Đảng đoàn; Ban cán sự đảng; Ban Chấp hành;
    Bộ Chính trị; Ban Thường vụ; Ban Bí thư; Ban Tổ chức; Ban Tuyên giáo; Ban Tuyên giáo và Dân vận; Ban Dân vận; Ban
    Nội chính; Ban Chỉ đạo; Ban Cơ yếu Chính phủ; Ban Quản lý; Ban Chính sách, chiến lược; Ủy ban Kiểm tra; Ủy ban nhân
    dân; Hội đồng nhân dân; Ủy ban; Hội đồng; Văn phòng; Trung ương Đảng; Trung ương; Ban; Đảng; các cơ quan đảng; cơ
    quan; các; tỉnh; thành phố; xã; phường; đặc khu; thị trấn; huyện; và; của; khối; phụ trách; kiêm; Sở; Bộ; Cục; Vụ;
    Phòng; Viện; Trường; Công an; Quân sự; Bộ Chỉ huy; Nội vụ; Tài chính; Xây dựng; Y tế; Tư pháp; Công Thương; Ngoại
    giao; Quốc phòng; Giáo dục và Đào tạo; Khoa học và Công nghệ; Nội chính; Nông nghiệp và Môi trường; Văn hóa, Thể
    thao và Du lịch; Văn hóa - Xã hội; Dân tộc và Tôn giáo; Kinh tế; Chuyển đổi số; Cơ yếu; Tổng hợp; Bưu điện; Mặt
    trận Tổ quốc; Ủy ban Mặt trận Tổ quốc; Liên đoàn Lao động; Hội Nông dân; Hội Cựu chiến binh; Hội Liên hiệp Phụ nữ;
    Đoàn Thanh niên Cộng sản; Trung tâm; Phục vụ hành chính công; Tòa án nhân dân; Viện kiểm sát nhân dân; Dân chính
    đảng; Doanh nghiệp; Tổ chức; Tuyên giáo; Dân vận; Kiểm tra; Tập đoàn; Viễn thông; Quân đội; Công nghiệp; Hành
    chính; Chính phủ""",
)
#: positions with their capitals (chức danh)
_POSITIONS = re.split(
    r"\s*;\s*",
    """Bí thư; Phó Bí thư; Phó Bí thư Thường trực; Thường trực; Chủ tịch; Phó Chủ tịch; Chánh; Phó Chánh; Chánh Văn phòng;
    Phó Chánh Văn phòng; Trưởng ban; Phó Trưởng ban; Trưởng phòng; Phó Trưởng phòng; Giám đốc; Phó Giám đốc; Tổng Giám đốc;
    Cục trưởng; Phó Cục trưởng; Vụ trưởng; Phó Vụ trưởng; Bộ trưởng; Thứ trưởng; Chủ nhiệm; Phó Chủ nhiệm; Viện trưởng;
    Hiệu trưởng; Tổ trưởng; Ủy viên; Trưởng; Phó; Quyền; Thủ tướng; Phó Thủ tướng; Phó Thủ trưởng; Thủ trưởng; Tổng Bí thư;
    Chuyên viên; Chánh Thanh tra; Thanh tra""",
)

#: how positions begin, folded (chức vụ)
_POSITION = re.compile(
    r"(?:pho |quyen |q\. ?)?(?:bi thu|chu tich|chanh|truong|giam doc|tong giam doc|tong bi thu|thu truong|bo truong|chu nhiem|"
    r"cuc truong|vu truong|vien truong|hieu truong|uy vien|thuong truc|thu tuong|tu lenh|chinh uy|chi huy|tong|vien truong|"
    r"truong phong|truong ban|dai ta|to truong|thanh tra|kiem sat)|pho\b"
)

#: họ: nearly all Vietnamese have one of these
_FAMILIES = frozenset(
    re.findall(
        r"\w+",
        """an ang au bach banh be bo bui ca cam cao cat chau chu co cu cung dam dang dao diep dieu dinh do doan dong du
        duong gia giang giap ha han hang hau ho hoa hoang hua huynh kha khong khuat khuc kieu kim la lam le lo loc lu
        luc luong luu ly ma mac mai man moc mong ngan nghiem ngo ngoc nguyen nhan nhu ninh nong ong pham phan phi phu
        phung quach quan quang que ro sai sam son su sung ta tan tang thach thai than thang tien tieu to ton tong tran
        trieu trinh tu tuong uong van vi vien vo vu vuong xa y""",
    )
)
_SEVERAL = re.compile(r"(?:cac|mot so|nhung|toan the|thuong truc) ")
_CASES = {flat(each): each for each in (*_PHRASES, *_POSITIONS)}
_PHRASE = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_CASES, key=len, reverse=True)))})\b")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def begins_an_organ(text: str) -> bool:
    """True if ``text`` begins as names of organs do: "Tỉnh uỷ …", "Các ban …"."""
    bare = text.strip(" -+•")
    several = _SEVERAL.match(flat(bare))
    bare = bare[several.end() :] if several else bare
    return bool(_ORGAN.match(flat(bare))) or bool(_SHORT_ORGAN.match(bare))


def is_position(text: str) -> bool:
    """True if ``text`` begins as a position does: "Phó Chánh Văn phòng"."""
    return bool(_POSITION.match(flat(text.strip())))


def in_sentence(text: str, *, repaired: bool = False) -> str:
    """A name in capitals as it is written in a sentence: "TỈNH ỦY AN GIANG" is "Tỉnh ủy An Giang".

    ``repaired`` gives the usual words their marks too: "TRƯỜNG BAN" is "Trưởng ban".
    """
    line = " ".join(_capitalised(word) for word in text.lower().split())
    cased = line
    for found in _PHRASE.finditer(flat(line)):
        begin, end = found.span()
        usual = _CASES[found.group()]
        cased = cased[:begin] + (usual if repaired else _with_case(line[begin:end], usual)) + cased[end:]
    return cased[:1].upper() + cased[1:]


def proper(name: str) -> str:
    """What of a name is in no usual phrase: "An Giang" of "Văn phòng Tỉnh ủy An Giang"."""
    left = name
    for found in reversed(list(_PHRASE.finditer(flat(name)))):
        left = left[: found.start()] + left[found.end() :]
    return " ".join(left.split())


def lowered(text: str) -> str:
    """A text in capitals in small letters, but for the capitals of usual names: which other names it has nobody can tell."""
    lower = text.lower()
    for found in _PHRASE.finditer(flat(lower)):
        begin, end = found.span()
        if " " in found.group():
            lower = lower[:begin] + _with_case(lower[begin:end], _CASES[found.group()]) + lower[end:]
    return lower


def repaired(text: str) -> str:
    """A text that was recognised, with the usual names in it put right: "Tình ủy", "chỉ bộ" are no words of any letter."""
    fixed = text
    for found in _PHRASE.finditer(flat(text)):
        begin, end = found.span()
        usual = _CASES[found.group()].lower()
        if " " in usual and not _same_marks(text[begin:end].lower(), usual):
            fixed = fixed[:begin] + _with_case(usual, text[begin:end]) + fixed[end:]
    return fixed


def position(text: str, *, recognised: bool) -> str:
    """A position in capitals as in a sentence; one that was recognised is the known position that is nearly the same."""
    if not recognised:
        return in_sentence(text)
    known, _alike = closest(text, _POSITIONS, 0.9)
    return known or in_sentence(text, repaired=True)


def is_person(text: str) -> bool:
    """True if ``text`` is written as the name of a person: two to six syllables with capitals, no others."""
    words = text.split()
    if not 2 <= len(words) <= 6 or not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    return all(word[0].isupper() for word in words) and any(word[1:].islower() for word in words)


def has_family(text: str) -> bool:
    """True if a name begins with a Vietnamese family name and all of it are Vietnamese syllables."""
    words = text.split()
    return bool(words) and flat(words[0]) in _FAMILIES and all(is_syllable(word) for word in words)


def _capitalised(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _same_marks(text: str, usual: str) -> bool:
    """True if two texts differ in nothing but where a tone is written, "uỷ" and "ủy"."""
    return sorted(unicodedata.normalize("NFD", text)) == sorted(unicodedata.normalize("NFD", usual))


def _with_case(text: str, like: str) -> str:
    """The letters of ``text`` with the capitals of ``like``; old and new places of a tone stay as they are."""
    return "".join(one.upper() if other.isupper() else one.lower() for one, other in zip(text, like, strict=True))
