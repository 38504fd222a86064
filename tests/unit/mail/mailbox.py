"""A real Dovecot on this machine, without rights, with one mailbox; it can be stopped and started again."""

import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DOVECOT = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/usr/bin") or ""
PASSWORD = "with/and@signs"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
log_path = {folder}/log
mail_location = maildir:{folder}/mail
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


@dataclass
class Mailbox:
    """Where it is, and the process while it runs."""

    folder: Path
    port: int
    user: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As `MAIL_IN` names it."""
        return f"imap://office:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/INBOX"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [DOVECOT, "-F", "-c", str(self.folder / "dovecot.conf")]
        rights = pwd.getpwnam(self.user)
        given = {"user": rights.pw_uid, "group": rights.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **given
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(OSError, imaplib.IMAP4.error):
                self.client().logout()
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text() if (self.folder / "log").exists() else "no log")

    def stop(self) -> None:
        """End it at once, with every connection that it has."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def client(self) -> imaplib.IMAP4:
        """A client that has signed in."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login("office", PASSWORD)
        return client

    def put(self, raw: bytes) -> None:
        """Deliver a mail into it."""
        client = self.client()
        client.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)
        client.logout()

    def read_all(self) -> None:
        """Somebody reads it all in another program."""
        client = self.client()
        client.select("INBOX")
        client.store("1:*", "+FLAGS", "\\Seen")
        client.logout()


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    """A mailbox that runs, and leaves nothing behind."""
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="sala-dovecot-", dir="/tmp"))
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    said = {"folder": folder, "port": port, "user": user.pw_name, "group": _group(user.pw_gid), "password": PASSWORD}
    (folder / "dovecot.conf").write_text(CONFIGURATION.format(**said))
    (folder / "dovecot.conf").chmod(0o644)
    if os.geteuid() == 0:
        os.chown(folder, user.pw_uid, user.pw_gid)
    box = Mailbox(folder, port, user.pw_name)
    try:
        box.start()
        yield box
    finally:
        box.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _group(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name
