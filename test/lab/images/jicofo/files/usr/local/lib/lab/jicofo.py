"""Stands in for jicofo: the focus account, in the bridges' brewery room. It makes no conferences."""

import os

from service import Member, flag, serve_health, setting, stay

room = f"{setting('JVB_BREWERY_MUC', 'jvbbrewery')}@{setting('XMPP_INTERNAL_MUC_DOMAIN', 'internal-muc.meet.jitsi')}"
focus = Member("focus", os.environ["JICOFO_AUTH_PASSWORD"], room, "focus")


def health():
    # Without this variable jicofo has no such route.
    if not flag("JICOFO_ENABLE_HEALTH_CHECKS"):
        return 404, "not found"
    if not focus.joined:
        return 500, "not connected to XMPP"
    return (200, "OK") if focus.others() else (500, "no operational bridges available")


serve_health("0.0.0.0" if flag("JICOFO_ENABLE_REST") else "127.0.0.1", 8888, health)
stay(focus)
