"""Old registers (sổ cũ): lines and files of another system, brought in as documents that are over and done with.

``columns``   the columns of a register and the words by which headings name them
``sheets``    from a CSV or XLSX file to headings and lines
``cells``     from a cell to a date, a number, a type
``levels``    what of a sheet may not be here, and what is classified
``plan``      what one line would become
``checking``  the same for all lines, beside each other and beside what is in the books
``sources``   folders, ZIP files and single files
``matching``  which file belongs to which line
``store``     what waits to be brought in, sealed
``applying``  one batch of lines in one turn
``report``    what became of each line, as a sheet

The verbs are in ``operations``, the worker's part in ``jobs``.
"""
