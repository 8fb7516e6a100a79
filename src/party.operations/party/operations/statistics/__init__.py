"""What each unit really does (thống kê): reports, adoption, readiness, from what happened."""
