"""A mail server for end-to-end tests: it takes every mail (RFC 5321, without TLS, as one of this machine may), and
keeps it."""

import email
import email.policy
import socketserver
import threading


class _Conversation(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def text(self) -> bytes:
        """The lines up to the lone dot; a dot that the sender has doubled is one."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def handle(self) -> None:
        recipients: list[str] = []
        self.say("220 mail.example.org")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.server.keep(recipients, self.text())
                recipients = []
            elif word == b"QUIT":
                self.say("221 bye")
                return
            elif word == b"RCPT":
                recipients.append(line.decode().split("<", 1)[1].split(">", 1)[0])
            self.say("250 ok")


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self._mails: list[dict] = []
        self._lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def keep(self, recipients: list[str], message: bytes) -> None:
        read = email.message_from_bytes(message, policy=email.policy.default)
        with self._lock:
            self._mails += [{"to": each, "subject": read["subject"], "text": read.get_content()} for each in recipients]

    def mails_to(self, address: str) -> list[dict]:
        """Those that have arrived, oldest first, with `subject` and `text`."""
        with self._lock:
            return [each for each in self._mails if each["to"] == address]
