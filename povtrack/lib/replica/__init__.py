"""Reading pages and answers from a copy of the database that follows it (DATABASE_REPLICA_URL), unseen by the reader.

    middleware   offers a request that only reads to the replica, and does it again on the primary when that fails
    reading      takes the offer once it is known who asks; `needs_primary` refuses it
    positions    how far the replica must have come: for everybody, and for whoever just saved
    base         the connection: whatever goes wrong on it says `TryPrimary`
    checks       what `manage.py check` says of a wrong configuration

A request is wholly on one of both, because the connection of its thread is exchanged and not the single query: SQL by
hand, transactions and the ORM all follow. Everything else (jobs, commands, sign-in, sessions, whatever writes) never
hears of the replica.
"""

REPLICA = "replica"
