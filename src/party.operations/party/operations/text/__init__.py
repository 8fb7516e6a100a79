"""Vietnamese office text, without any Plone: import from the module that has the subject.

``normalize``  NFC, clean lines, safe file names
``folding``    text without marks, for comparing and searching
``collation``  sort keys in Vietnamese order, for texts and for names of persons
``dates``      dates as they are read and written in documents, remaining days
``symbols``    number and symbol of a document (số, ký hiệu)
``codes``      identification codes of agencies (mã định danh cơ quan)
"""
