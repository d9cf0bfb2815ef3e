"""The white paper of November 2011: its figures, a nation of invented data in which they come out, and the proof.

`facts` reads what is known, `figures` is the table of what the paper prints, `queries` says how povtrack finds each
figure, and `load` fills a database. Queries and generators don't know each other: they meet in the database only.
"""
