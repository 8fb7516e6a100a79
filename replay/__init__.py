"""The week of 13–19 June 2025, replayed (chạy lại một tuần làm việc).

In that week a circular of the Central Office counted, for 12 central bodies and 63 provincial committees, how many people
logged in, how often, and how many documents were registered, issued and passed on. Here a site of its own does the same,
by the operations that people use, over HTTP, and its report is compared with the tables cell by cell.

``facts``         the tables, and shares of them
``plan``          who does what on which day: the same plan at every run
``organization``  the units, their people and what they have in hand when the week begins
``stage``         the site: its folder, processes and clock
``client``        one person at a browser
``known``         what the ledger says is done already
``players``       many people at once, a day at a time
``progress``      how far it is
``measures``      what it took: speed, slope, sizes
``merging``       63 provinces become 34
``checking``      report against tables
"""
