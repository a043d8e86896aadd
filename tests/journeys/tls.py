"""A proxy that speaks HTTPS before the live server, as a county's does: for the journey that needs one."""

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "host", "x-forwarded-proto", "x-forwarded-for"}


@contextmanager
def https_before(server: str, *, crt: Path, key: Path) -> Iterator[int]:
    """Serve what the live server serves, under a certificate, and give the port."""
    behind = urlsplit(server).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            sent = {name: value for name, value in self.headers.items() if name.lower() not in OF_ONE_HOP}
            told = {**sent, "Host": self.headers["Host"], "X-Forwarded-Proto": "https"}
            with closing(http.client.HTTPConnection(behind, timeout=30)) as link:  # the browser may hang up meanwhile
                link.request(self.command, self.path, body, told)
                with link.getresponse() as answer:
                    text = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in OF_ONE_HOP | {"content-length", "server", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_HEAD = do_GET  # noqa: N815  (the names that the class calls)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of a browser that hung up: it does when it does not trust the certificate."""

    proxy = Quiet(("127.0.0.1", 0), Handler)
    lock = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    lock.load_cert_chain(crt, key)
    proxy.socket = lock.wrap_socket(proxy.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield proxy.server_address[1]
    finally:
        proxy.shutdown()
        proxy.server_close()
