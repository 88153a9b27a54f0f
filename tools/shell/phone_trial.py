# ruff: noqa: F821
"""Fed to `odoo shell` after the settings: drives the phone, sends the parallel posts, reports."""

import ast
import json
import sys

sys.path.append(ROOT)
from tools.phone import posts, trial
from tools.phone.server import Server

server = Server(LAUNCHER, env.cr.dbname, PORT, LOG)
parameters = env["ir.config_parameter"].sudo()
ids = ast.literal_eval(parameters.get_param("phone_trial.ids"))
server.start()
try:
    wrong = POSTS and posts.run(
        env, server, trial.LOGIN, parameters.get_param("phone_trial.place"), ids["variation"].pop()
    )
    results = trial.run(env, server, ids, POINTS, SEED)
finally:
    server.kill()
    env.cr.rollback()
with open(REPORT, "w") as handle:
    json.dump({"posts": wrong or [], "points": results}, handle)
