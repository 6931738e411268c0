"""A hub that runs for a test, and the people who use it, as their browsers would."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psutil
import requests
import websocket

from course.book import HOME

PASSWORD = "only for this test"
LONG = 60  # seconds that something may take


def free_port():
    """A port that nobody listens at now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Hub:
    """JupyterHub with hub/trial.py, in a folder of its own, on ports of its own."""

    def __init__(self, folder, proxy):
        self.folder = folder
        self.at = f"http://127.0.0.1:{free_port()}"
        env = os.environ | {
            "COURSE_TRIAL": str(folder / "hub"),
            "COURSE_TRIAL_PASSWORD": PASSWORD,
            "PYTHONPATH": str(HOME),
            "JUPYTER_CONFIG_DIR": str(folder / "no settings"),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        }
        line = [sys.executable, "-m", "jupyterhub", "-f", str(HOME / "hub" / "trial.py")]
        line += [f"--JupyterHub.bind_url={self.at}", f"--JupyterHub.hub_port={free_port()}"]
        line += [f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{free_port()}"]
        line += [f"--ConfigurableHTTPProxy.command={proxy}"]
        self.log = open(folder / "log.txt", "wb")  # noqa: SIM115
        self.process = subprocess.Popen(
            line, cwd=folder, env=env, stdout=self.log, stderr=subprocess.STDOUT
        )

    def wait(self):
        """Until it answers."""
        until = time.monotonic() + LONG
        while time.monotonic() < until:
            assert self.process.poll() is None, self.said()
            try:
                if requests.get(f"{self.at}/hub/api", timeout=5).ok:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.2)
        raise AssertionError(self.said())

    def said(self):
        """The end of its log."""
        return (self.folder / "log.txt").read_text(encoding="utf-8")[-4000:]

    def stop(self):
        """End it. It ends its proxy and the servers; on a busy machine that may take too long."""
        started = []
        with contextlib.suppress(psutil.Error):  # it may have ended by itself
            started = psutil.Process(self.process.pid).children(recursive=True)
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        for each in [self.process, *started]:
            with contextlib.suppress(psutil.Error):
                each.kill()
        self.process.wait(30)
        self.log.close()


class Person:
    """Somebody who has logged in at the hub, whose server runs."""

    def __init__(self, hub, name):
        self.hub, self.name = hub, name
        self.browser = requests.Session()
        at = f"{hub.at}/hub/login"
        self.browser.get(at)
        form = {"username": name, "password": PASSWORD, "_xsrf": self.browser.cookies["_xsrf"]}
        answer = self.browser.post(at, data=form, allow_redirects=False)
        assert answer.status_code == 302, answer.text[-2000:]
        self.spawned()
        self.token = self.own_token()

    @property
    def server(self):
        """The address of the person's own JupyterLab."""
        return f"{self.hub.at}/user/{self.name}/"

    def spawned(self):
        """Start the server, and wait until JupyterLab's page is there."""
        until = time.monotonic() + LONG
        while time.monotonic() < until:
            answer = self.browser.get(f"{self.hub.at}/hub/spawn")
            if answer.url.startswith(self.server) and answer.ok:
                return
            time.sleep(0.3)
        raise AssertionError(self.hub.said())

    def own_token(self):
        """A token of the person's own, for programs: as the hub's page gives one."""
        page = self.browser.get(f"{self.hub.at}/hub/token").text
        xsrf = re.search(r'xsrf_token: "([^"]+)"', page)[1]
        at = f"{self.hub.at}/hub/api/users/{self.name}/tokens"
        answer = self.browser.post(at, json={}, headers={"X-XSRFToken": xsrf, "Referer": at})
        assert answer.status_code == 201, answer.text
        return answer.json()["token"]

    def ask(self, method, path, whose=None, **more):
        """Ask a server, one's own or another's."""
        at = f"{(whose or self).server}{path}"
        headers = {"Authorization": f"token {self.token}"}
        return requests.request(method, at, headers=headers, timeout=LONG, **more)

    def pull(self, repository):
        """Open the link of the class: nbgitpuller brings the workbook."""
        query = {"repo": str(repository), "branch": "main", "targetpath": "workbook"}
        answer = self.ask("GET", "git-pull/api", params=query)
        told = [json.loads(text) for text in re.findall(r"^data: (.+)$", answer.text, re.MULTILINE)]
        assert told and told[-1]["phase"] == "finished", answer.text
        return told

    def write(self, path, cells):
        """Save a notebook."""
        answer = self.ask("GET", f"api/contents/{path}")
        notebook = answer.json()["content"]
        notebook["cells"] = cells(notebook["cells"])
        made = self.ask(
            "PUT", f"api/contents/{path}", json={"type": "notebook", "content": notebook}
        )
        assert made.ok, made.text

    def run(self, path, *sources):
        """Run cells in a kernel of a notebook; what the last one shows."""
        session = {"path": path, "type": "notebook", "name": path, "kernel": {"name": "python3"}}
        made = self.ask("POST", "api/sessions", json=session)
        assert made.status_code == 201, made.text
        at = f"{self.server}api/kernels/{made.json()['kernel']['id']}/channels"
        line = websocket.create_connection(
            at.replace("http", "ws", 1),
            header=[f"Authorization: token {self.token}"],
            timeout=LONG,
        )
        try:
            return [self._shown(line, source) for source in sources][-1]
        finally:
            line.close()

    def _shown(self, line, source):
        asked = uuid.uuid4().hex
        head = {"msg_id": asked, "msg_type": "execute_request", "session": asked, "username": "",
                "version": "5.3", "date": ""}  # fmt: skip
        content = {"code": source, "silent": False, "store_history": False,
                   "user_expressions": {}, "allow_stdin": False}  # fmt: skip
        line.send(json.dumps({"header": head, "parent_header": {}, "metadata": {},
                              "content": content, "channel": "shell", "buffers": []}))  # fmt: skip
        shown = ""
        while True:
            message = json.loads(line.recv())
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind in ("execute_result", "display_data"):
                shown += content["data"].get("text/plain", "")
            elif kind == "stream":
                shown += content["text"]
            elif kind == "error":
                shown += f"{content['ename']}: {content['evalue']}"
            elif kind == "status" and content["execution_state"] == "idle":
                return shown


def proxy():
    """The proxy of the hub, if it is on the path or where docs/jupyterhub.md puts it."""
    beside = HOME / "build" / "hub" / "node_modules" / ".bin"
    return shutil.which("configurable-http-proxy", path=f"{os.environ['PATH']}{os.pathsep}{beside}")
