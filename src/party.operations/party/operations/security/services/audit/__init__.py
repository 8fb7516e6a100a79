"""The journal (nhật ký kiểm soát)."""
