"""slow_clients.py PORT TOKEN EACH: EACH connections of four kinds that are as slow as they may be, until standard input
ends: a header that comes by bytes, a body that comes by bytes, an answer that nobody reads, a WebSocket that says
nothing and reads nothing. One that is cut comes again. Prints how many are open when all have been, and when it ends
how many were cut."""
import json
import random
import select
import socket
import sys
import time
import urllib.request

STEP_S = 2.0  # a byte of each that still sends
ESTABLISHED = 1  # of tcp_info's states


class Slow:
    """One connection, again and again."""

    def __init__(self, kind, address, token):
        self.kind, self.address, self.token, self.socket = kind, address, token, None
        self.due = 0.0

    def open(self):
        made = socket.socket()
        if self.kind == "read":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        made.connect(self.address)
        made.sendall(self.beginning())
        made.setblocking(False)
        self.socket = made

    def beginning(self):
        if self.kind == "header":
            return b"GET /live HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
        if self.kind == "body":
            return (f"POST /posts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.token}\r\nContent-Type: application/json\r\n"
                    "Content-Length: 1000\r\n\r\n{").encode()
        if self.kind == "read":
            return b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n"
        ticket = take_ticket(self.address, self.token)
        return (f"GET /activity/live?ticket={ticket} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode()

    def step(self):
        """False when it was cut, whatever of it has not been read."""
        try:
            if self.kind in ("header", "body"):
                self.socket.sendall(b"x")
            return self.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == ESTABLISHED
        except OSError:
            return False


def take_ticket(address, token):
    asked = urllib.request.Request(f"http://{address[0]}:{address[1]}/activity/ticket", method="POST", data=b"{}",
                                   headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return json.load(answer)["ticket"]


def main():
    port, each = int(sys.argv[1]), int(sys.argv[3])
    clients = [Slow(kind, ("127.0.0.1", port), sys.argv[2]) for _ in range(each) for kind in ("header", "body", "read", "socket")]
    for number, client in enumerate(clients):
        client.open()
        client.due = time.monotonic() + random.uniform(0, STEP_S)
        if number % 50 == 0:
            step_all(clients[:number])
    print(json.dumps({"open": len(clients)}), flush=True)
    cut = 0
    while not select.select([sys.stdin], [], [], 0.05)[0]:
        cut += step_all(clients)
    print(json.dumps({"cut": cut}), flush=True)


def step_all(clients):
    """How many of them were cut, and have come again."""
    cut, now = 0, time.monotonic()
    for client in clients:
        if client.due > now:
            continue
        client.due += STEP_S
        if not client.step():
            client.socket.close()
            client.open()
            cut += 1
    return cut


if __name__ == "__main__":
    main()
