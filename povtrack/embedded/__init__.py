"""A PostgreSQL server in a folder, for the demonstration, the tests and a developer's machine.

    server = Server(Path(".local/postgres"))
    server.start()
    server.create_database("povtrack")
    os.environ["DATABASE_URL"] = server.url("povtrack")

Production has a server of its own. This one listens on a unix socket only, asks nothing of the machine
and changes nothing outside its folder and the temporary folder. A `Replica` is one that follows another, for tests.
The folder holds

    cluster/     the data folder that PostgreSQL knows; `cluster.new/` while it is being made
    socket/      the socket (in the temporary folder when this path is too long for one)
    server.log   what the server said
    lock, users  who is starting it, who is using it (see `Server.lease`)
"""

from povtrack.embedded.errors import EmbeddedError
from povtrack.embedded.server import Replica, Server

__all__ = ["EmbeddedError", "Replica", "Server"]
