"""Take the address of the site before anything else is done."""

import errno
import select
import socket

from scripts.launch.words import Refusal

# Requests that wait here while the web server is started again are answered, not refused.
_WAITING_CONNECTIONS = 1024
_CONNECT_SECONDS = 1.0
_STATUS_LINE_BYTES = 64
_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104


def open_listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the address; start.py keeps it, the web server serves it.

    :param port: 0 lets the system choose a free one
    :raise Refusal: the port is taken or not allowed, or the host is not an address of this machine
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_WAITING_CONNECTIONS)
    except OSError as error:
        raise _explain(error, host, port) from None
    return listener


def _explain(error: OSError, host: str, port: int) -> Refusal:
    """Return in words why the address cannot be had."""
    if error.errno == errno.EADDRINUSE:
        free = port + 1 if port < 65535 else 8001
        return Refusal(
            f"port {port} on {host} is taken by another program. Stop that one, or choose "
            f"another port: PORT={free} make run",
            f"{port}번 포트를 다른 프로그램이 쓰고 있습니다.",
        )
    if error.errno == errno.EACCES:
        return Refusal(
            f"port {port} is only for the system. Choose one above 1023: PORT=8000 make run",
            "1024 이상의 포트를 골라 주세요.",
        )
    return Refusal(
        f"HOST={host} is not an address of this machine ({error.strerror or error}). "
        "Use 127.0.0.1 for this machine only, 0.0.0.0 for everybody",
        "HOST가 이 컴퓨터의 주소가 아닙니다.",
    )


def local_address(host: str, port: int) -> str:
    """Return the address a browser on this machine can open."""
    name = "127.0.0.1" if host in _EVERYWHERE else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


class HealthQuestion:
    """Ask the web server on `/healthz`, once, and look now and then whether it answered.

    The address is open before the web server serves it, so the question simply waits there.
    """

    def __init__(self, host: str, port: int) -> None:
        self._name = local_address(host, port).removeprefix("http://").rstrip("/")
        self._host, self._port = ("127.0.0.1" if host in _EVERYWHERE else host), port
        self._connection: socket.socket | None = None

    def is_answered(self) -> bool:
        """Tell whether the answer is there and good; a lost question is asked again."""
        try:
            if self._connection is None:
                self._connection = self._ask()
            if not select.select([self._connection], [], [], 0)[0]:
                return False
            answer = self._connection.recv(_STATUS_LINE_BYTES)
        except OSError:
            answer = b""
        self.close()
        return answer.split(b" ", 2)[1:2] == [b"200"]

    def close(self) -> None:
        """Forget the question."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self) -> socket.socket:
        """Return a connection on which the question was sent."""
        connection = socket.create_connection((self._host, self._port), _CONNECT_SECONDS)
        head = f"GET /healthz HTTP/1.1\r\nHost: {self._name}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        return connection
