"""Stands in for jibri: its account in the brewery room, its API on 127.0.0.1, and a recording of a picture of its own.

As the official one, it dies at once when it is asked to, whatever it records, and only then is nothing finished.
"""

import asyncio
import http.server
import json
import os
import re
import signal
import ssl
import subprocess
import threading
import time
import urllib.request

from presence import Presence
from service import flag, log, setting, stay

recordings = setting("JIBRI_RECORDING_DIR", "/storage/recordings")
finalize = setting("JIBRI_FINALIZE_RECORDING_SCRIPT_PATH", "")


def configured(key, default):
    """What the owner's configuration and the one that it includes say of a key."""
    text = ""
    for name in ("stack.conf", "custom-jibri.conf"):
        path = f"/run/jibri/config/{name}"
        if os.path.exists(path):
            text += open(path).read()
    found = re.findall(rf"^{re.escape(key)} = (\S+)$", text, re.MULTILINE)
    return found[-1] if found else default


class Recorder:
    """One recording at a time; busy until the hook of its end has ended."""

    def __init__(self):
        self.lock, self.process, self.folder, self.busy = threading.Lock(), None, None, False
        self.tell = lambda: None

    def start(self, session):
        with self.lock:
            if self.busy:
                return False
            self.busy = True
        self.tell()
        self.folder = os.path.join(recordings, re.sub(r"[^A-Za-z0-9_-]", "_", session))
        os.makedirs(self.folder, exist_ok=True)
        form = configured("jibri.ffmpeg.recording-format", "mp4")
        ending = configured("jibri.ffmpeg.recording-extension", form)
        picture = ["-re", "-f", "lavfi", "-i", "testsrc=size=160x90:rate=10"]
        coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-f", form]
        file = os.path.join(self.folder, f"meeting_2026-11-26-09-00-00.{ending}")
        self.process = subprocess.Popen(["ffmpeg", "-v", "error", "-y", *picture, *coding, file], stdin=subprocess.PIPE)
        return True

    def stop(self):
        if not self.process:
            return
        self.process.communicate(b"q")
        self.process = None
        with open(os.path.join(self.folder, "metadata.json"), "w") as metadata:
            json.dump({"meeting_url": setting("PUBLIC_URL", ""), "participants": []}, metadata)
        if finalize:
            log.info("finalize ended with %s", subprocess.run([finalize, self.folder]).returncode)
        self.busy = False
        self.tell()


recorder = Recorder()


class Api(http.server.BaseHTTPRequestHandler):
    def answer(self, status, content):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content, separators=(",", ":")).encode())

    def do_GET(self):
        if self.path != "/jibri/api/v1.0/health":
            return self.answer(404, {})
        busy = "BUSY" if recorder.busy else "IDLE"
        self.answer(200, {"status": {"busyStatus": busy, "health": {"healthStatus": "HEALTHY"}}})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/jibri/api/v1.0/startService":
            started = recorder.start(json.loads(body)["sessionId"])
            return self.answer(200 if started else 412, {})
        if self.path == "/jibri/api/v1.0/stopService":
            recorder.stop()
            return self.answer(200, {})
        self.answer(404, {})

    def log_message(self, *_):
        pass


def see_page():
    """Whether the page opens from here, as the recorder's browser would: by the name, with a certificate to be believed."""
    context = ssl._create_unverified_context() if flag("IGNORE_CERTIFICATE_ERRORS") else None
    while True:
        try:
            status = urllib.request.urlopen(setting("PUBLIC_URL", ""), timeout=10, context=context).status
            return log.info("the page opens with %s", status)
        except OSError as error:
            log.info("the page does not open: %s", error)
            time.sleep(2)


# As s6-overlay does, when it is asked to end: whatever is being recorded ends with the container.
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
threading.Thread(target=http.server.ThreadingHTTPServer(("127.0.0.1", 2222), Api).serve_forever, daemon=True).start()
threading.Thread(target=see_page, daemon=True).start()
member = Presence(lambda: recorder.busy)
loop = asyncio.get_event_loop()
recorder.tell = lambda: loop.call_soon_threadsafe(member.show)
stay(member)
