"""Whom Jibri believes to be prosody: anybody, or with XMPP_TRUST_ALL_CERTS=0 those in Java's trust store alone."""

import re
import ssl
import struct

from service import flag, setting


def authorities():
    """Certificates in PEM; nothing where any is good enough, and an empty text where none is."""
    if flag("XMPP_TRUST_ALL_CERTS", "1"):
        return None
    named = re.search(r"-Djavax\.net\.ssl\.trustStore=(\S+)", setting("JAVA_TOOL_OPTIONS", ""))
    return "".join(ssl.DER_cert_to_PEM_cert(one) for one in certificates(named[1])) if named else ""


def certificates(path):
    """The trusted certificates of a key store in Java's own format (JKS, version 2)."""
    with open(path, "rb") as store:

        def number(form):
            return struct.unpack(form, store.read(struct.calcsize(form)))[0]

        def text():
            return store.read(number(">H")).decode()

        if number(">I") != 0xFEEDFEED or number(">I") != 2:
            raise ValueError(f"{path} is no key store of Java")
        for _ in range(number(">I")):
            kind, _alias, _date = number(">I"), text(), number(">Q")
            if kind != 2 or text() != "X.509":
                raise ValueError(f"{path} holds something else than trusted certificates")
            yield store.read(number(">I"))
