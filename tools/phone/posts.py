"""The same forms and photos, many times at the same moment: one record each, one answer each."""

import contextlib
import re
import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import requests

from odoo.addons.property_outsourcing.tests.evidence_common import make_photo

KEYS, COPIES, THREADS, TRIES = 50, 20, 40, 5
HEADERS = {"X-Requested-With": "XMLHttpRequest"}


def run(env, server, login, place, variation_id):
    """Send ``KEYS * COPIES`` posts in parallel; return what is wrong, as sentences.

    :param str place: the contract and community a form is for, as the page offers it
    :param int variation_id: the draft that takes the photos
    """
    session = server.log_in(login)
    page = session.get(f"{server.address}/my/outsourcing/variations/new", timeout=90).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    forms = [_make_form(number, place, variation_id) for number in range(KEYS)]

    def send(form):
        path, data, files = form
        sent = {"csrf_token": token, **data}
        told = {"cookies": session.cookies, "headers": HEADERS, "timeout": 300}
        for _try in range(TRIES):
            with contextlib.suppress(requests.ConnectionError):  # the phone sends it again as well
                answer = requests.post(f"{server.address}{path}", data=sent, files=files, **told)
                return data["client_key"], answer.status_code, answer.text
        return data["client_key"], 0, "no connection"

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(send, forms * COPIES))
    return _judge(env, forms, answers, variation_id)


def _make_form(number, place, variation_id):
    """Return (path, fields, files): every second one is a photo."""
    key = {"client_key": secrets.token_hex(16)}
    if number % 2:
        photo = (f"p{number}.jpg", make_photo(color=(number, 7, 200)), "image/jpeg")
        path = f"/my/outsourcing/variations/{variation_id}/evidence"
        return path, {**key, "phase": "before"}, {"files": photo}
    data = {**key, "place": place, "title": f"Parallel {key['client_key']}", "kind": "site"}
    return "/my/outsourcing/variations/create", data, None


def _judge(env, forms, answers, variation_id):
    env.cr.rollback()  # a snapshot of now
    wrong = [f"answer {status}: {text[:200]}" for _key, status, text in answers if status != 200]
    titles = [data["title"] for _path, data, _files in forms if "title" in data]
    made = Counter(env["outsourcing.variation"].search([("title", "in", titles)]).mapped("title"))
    wrong += [f"{made[title]} records of one form" for title in titles if made[title] != 1]
    photos = env["outsourcing.variation"].browse(variation_id).evidence_count
    if photos != KEYS - len(titles):
        wrong.append(f"{photos} photos of {KEYS - len(titles)}")
    keys = [data["client_key"] for _path, data, _files in forms]
    if (rows := env["outsourcing.portal.post"].search_count([("client_key", "in", keys)])) != KEYS:
        wrong.append(f"{rows} rows of {KEYS} keys")
    return wrong
