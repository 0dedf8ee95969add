"""As much of SIP (RFC 3261) over UDP as a gateway behind Docker needs: it registers with a password, and takes calls."""

import asyncio
import hashlib
import re
import socket
import uuid


def parse(data):
    """First line, headers in their order with their values, and the body."""
    head, _, body = data.decode(errors="replace").partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    return first, [tuple(part.strip() for part in line.split(":", 1)) for line in lines if ":" in line], body


def value(headers, *names):
    return next((text for name, text in headers if name.lower() in names), "")


def digest(*words):
    return hashlib.md5(":".join(words).encode()).hexdigest()


class Line(asyncio.DatagramProtocol):
    """An account at a SIP server. `calls` has invited(line, call), ended(call) and sees each INVITE once."""

    def __init__(self, account, password, server, calls):
        self.user, _, self.domain = account.partition("@")
        self.password, self.server, self.calls = password, server, calls
        self.registered, self.known, self.count = False, {}, 0
        self.own = socket.gethostbyname(socket.gethostname())
        self.call_id = uuid.uuid4().hex

    def connection_made(self, transport):
        self.transport = transport
        self.register()

    def contact(self):
        return f"<sip:{self.user}@{self.own}:5060>"

    def register(self, authorization=None):
        self.count += 1
        lines = [
            f"REGISTER sip:{self.domain} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.own}:5060;rport;branch=z9hG4bK{uuid.uuid4().hex}",
            "Max-Forwards: 70",
            f"From: <sip:{self.user}@{self.domain}>;tag={self.call_id[:8]}",
            f"To: <sip:{self.user}@{self.domain}>",
            f"Call-ID: {self.call_id}",
            f"CSeq: {self.count} REGISTER",
            f"Contact: {self.contact()}",
            "Expires: 120",
            *([f"Authorization: {authorization}"] if authorization else []),
            "Content-Length: 0",
        ]
        self.transport.sendto(("\r\n".join(lines) + "\r\n\r\n").encode(), self.server)
        if not authorization:
            # Again before it ends, and as a beat that keeps the way back open.
            asyncio.get_event_loop().call_later(20, self.register)

    def answered(self, first, headers):
        if "REGISTER" not in value(headers, "cseq"):
            return
        status = first.split()[1]
        if status == "401":
            challenge = dict(re.findall(r'(\w+)="?([^",]+)"?', value(headers, "www-authenticate")))
            uri, nonce = f"sip:{self.domain}", challenge["nonce"]
            secret = digest(self.user, challenge["realm"], self.password)
            response = digest(secret, nonce, digest("REGISTER", uri))
            if nonce == getattr(self, "nonce", None):
                self.registered = False
                return print("SIP: the password was refused")
            self.nonce = nonce
            self.register(
                f'Digest username="{self.user}", realm="{challenge["realm"]}", nonce="{nonce}", uri="{uri}", response="{response}"'
            )
        elif status == "200":
            if not self.registered:
                print(f"SIP: registered as {self.user}@{self.domain}")
            self.registered, self.nonce = True, None
        else:
            self.registered = False
            print(f"SIP: {first}")

    def datagram_received(self, data, source):
        first, headers, body = parse(data)
        if first.startswith("SIP/2.0"):
            return self.answered(first, headers)
        method, call = first.split()[0], value(headers, "call-id", "i")
        if method == "INVITE":
            if call not in self.known:
                self.known[call] = self.reply(headers, source, "100 Trying")
                self.calls.invited(self, {"id": call, "headers": headers, "source": source, "body": body})
            else:
                self.transport.sendto(self.known[call], source)
        elif method != "ACK":
            self.reply(headers, source, "200 OK")
            if method in ("BYE", "CANCEL"):
                self.calls.ended(call)

    def reply(self, headers, source, status, body="", more=()):
        kept = [(name, text) for name, text in headers if name.lower() in ("via", "v", "from", "f", "call-id", "i", "cseq", "record-route")]
        to = value(headers, "to", "t")
        if "tag=" not in to and not status.startswith("100"):
            to += f";tag={self.call_id[8:16]}"
        lines = [f"SIP/2.0 {status}", *(f"{name}: {text}" for name, text in kept), f"To: {to}", f"Contact: {self.contact()}", *more]
        text = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode()
        self.transport.sendto(text, source)
        return text

    def answer(self, call, status, body=""):
        more = ["Content-Type: application/sdp"] if body else []
        self.known[call["id"]] = self.reply(call["headers"], call["source"], status, body, more)
