"""JupyterHub for a class, on one machine: docs/jupyterhub.md tells how it is set up.

People log in with the account that they have on this machine, and work under it: that is what
keeps their files apart. So this file is run as root. trial.py needs neither root nor accounts.
"""

import sys
from pathlib import Path

c = get_config()  # noqa: F821

# A web server with a certificate stands before it and passes the traffic on.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"

# Who may come in: the accounts of this group on the machine.
c.PAMAuthenticator.allowed_groups = {"students"}
c.Authenticator.admin_users = set()

# Each person's JupyterLab has the packages of the environment that the hub runs in.
c.Spawner.cmd = [str(Path(sys.executable).with_name("jupyterhub-singleuser"))]
c.Spawner.default_url = "/lab"
c.Spawner.environment = {
    # JupyterLab as the course sets it: it asks nobody whether it may fetch news
    "JUPYTER_CONFIG_PATH": str(Path(__file__).resolve().with_name("jupyter")),
    "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this environment, whatever is at home
    "OPENBLAS_NUM_THREADS": "1",  # one person, one core; and the digits that the chapters show
}

# A kernel that nobody has used for an hour gives its memory back. What was written is on the disk.
c.Spawner.args = [
    "--MappingKernelManager.cull_idle_timeout=3600",
    "--MappingKernelManager.cull_interval=300",
    "--MappingKernelManager.cull_connected=True",
]
