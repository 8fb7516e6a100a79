"""The desk (bàn làm việc): the frame of every page, what awaits me, the registers, the address of a document."""
