from Acquisition import aq_base
from datetime import date
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
def test_x(office, be, pdf, portal):
    u = portal["ban-chap-hanh-trung-uong-dang"]
    with be("vanthu"):
        letter = operations.register_incoming(office.units["tinh"], [pdf()], title="V/v", type="party.cong-van", issuer="Văn phòng Trung ương Đảng", number_symbol="15671-CV/VPTW", document_date=date(2026, 11, 20))
    with be("chuyenvien.tc"):
        draft = operations.create_draft(office.units["tochuc"], [pdf("Dự thảo.pdf")], title="V/v trả lời", type="party.cong-van", recipients=[{"unit": office.units["vptw"]}])
    tinh = u["tinh-uy-lam-son"]
    for o in (u, tinh, tinh["van-ban"], tinh["van-ban"]["202611"], tinh["so-van-ban-den"], letter, letter.own_files[0], letter.own_files[0].blob, draft, draft.versions[0]):
        o._p_activate()
        print(o.__class__.__name__, getattr(o, "id", ""))
        for k, v in sorted(vars(aq_base(o)).items()):
            print("    ", k, repr(v)[:160], type(v).__name__)
            if k == "__annotations__":
                for a, b in v.items(): print("         ", a, repr(b)[:200])
    assert 0
