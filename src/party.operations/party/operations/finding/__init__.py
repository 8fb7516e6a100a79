"""Finding (tìm kiếm): one index of words, with the tokens of its readers in each row, written with the object."""
