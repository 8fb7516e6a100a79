"""The pages of the statistics (trang thống kê)."""
