"""The hub for a look, on your own machine: any name and one password, no accounts, no root.

Never for a class. Whoever has the password can be anyone, and all servers run under your one
account: a notebook can read every file that you can.
"""

import os
from pathlib import Path

c = get_config()  # noqa: F821
# by its whole path: a file that is not found would be passed over in silence
load_subconfig(str(Path(__file__).resolve().with_name("jupyterhub_config.py")))  # noqa: F821

FOLDER = Path(os.environ.get("COURSE_TRIAL", "build/hub")).resolve()
FOLDER.mkdir(parents=True, exist_ok=True)

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ.get("COURSE_TRIAL_PASSWORD", "look around")
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{FOLDER}/home/{{username}}"
c.JupyterHub.db_url = f"sqlite:///{FOLDER}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{FOLDER}/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = f"{FOLDER}/proxy.pid"

if os.geteuid() == 0:  # as in a container: the servers then run as root too
    c.Spawner.args = [*c.Spawner.args, "--allow-root"]
