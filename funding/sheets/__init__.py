"""The workbook in which money is passed down away from the pages: made, read, and given back with its faults.

Nothing here writes entries. A file that is sent fills the grid; the officer looks at it and passes it down there.
"""
