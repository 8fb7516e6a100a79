"""Import of units and people from sheets (nhập đơn vị, cán bộ từ bảng tính): reading, checking line by line, reporting.

``columns``    the columns of both kinds of sheets and the words they take
``sheets``     from a CSV or XLSX file to lines
``values``     from a cell to a value
``units``      what each line of units would do
``people``     what each line of people would do
``report``     what is told about each line
``templates``  empty sheets to fill in

The verb itself is ``organization.operations.import_organization``.
"""
