"""Reading a letter as a clerk reads it (đọc văn bản): from the words of a file and where they stand to what the letter says."""
