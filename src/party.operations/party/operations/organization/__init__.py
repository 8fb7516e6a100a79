"""The organisation (tổ chức): units, their codes and symbols, people and the posts they hold, all by date."""
