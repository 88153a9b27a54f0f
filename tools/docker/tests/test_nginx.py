"""The proxy's configuration as nginx itself reads it, and what it does with what a visitor sends."""

import http.client
import http.server
import json
import re
import socket
import ssl
import subprocess
import threading
import time

import pytest

from tools import system
from tools.common import ROOT

FOLDER = ROOT / "tools" / "docker" / "nginx"
HOST = "a.example"
MAIN = """pid {path}/nginx.pid; error_log {path}/error.log; events {{ }}
http {{
    access_log off;
    client_body_temp_path {path}/body; proxy_temp_path {path}/proxy; fastcgi_temp_path {path}/fastcgi;
    uwsgi_temp_path {path}/uwsgi; scgi_temp_path {path}/scgi;
    include {path}/suite.conf;
}}
"""


class Odoo(http.server.BaseHTTPRequestHandler):
    """Answers with what it was sent."""

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"path": self.path, "port": self.server.server_port, **dict(self.headers)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, max-age=31536000")
        if "/assets/" not in self.path:
            self.send_header("Set-Cookie", "session_id=x; HttpOnly; Path=/")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_arguments):
        pass


def _serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Odoo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    """nginx with the configuration of production; only places and ports are of this machine."""

    def __init__(self, path):
        self.path, self.port, self.plain = path, _free_port(), _free_port()
        self.odoo, self.gevent = _serve(), _serve()
        text = (FOLDER / "suite.conf.template").read_text()
        moved = {
            "${SUITE_HOST}": HOST,
            "/etc/nginx/suite/": f"{FOLDER}/",
            "/usr/share/nginx/suite": str(FOLDER),
            "/certificates/": f"{path}/",
            "/var/cache/nginx/": f"{path}/",
            "/var/log/nginx/": f"{path}/",
            "/challenges": str(path),
            "http://odoo:8069": f"http://127.0.0.1:{self.odoo.server_port}",
            "http://odoo:8072": f"http://127.0.0.1:{self.gevent.server_port}",
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
        }
        for old, new in moved.items():
            assert old in text, old
            text = text.replace(old, new)
        (path / "suite.conf").write_text(text)
        (path / "nginx.conf").write_text(MAIN.format(path=path))
        certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={HOST}"]
        certificate += ["-keyout", path / "privkey.pem", "-out", path / "fullchain.pem"]
        subprocess.run(certificate, check=True, capture_output=True)

    def nginx(self, *arguments):
        """Run nginx on it."""
        command = [
            system.nginx(),
            "-p",
            self.path,
            "-c",
            self.path / "nginx.conf",
            "-e",
            self.path / "error.log",
        ]
        return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)

    def ask(self, path, method="GET", host=HOST, **headers):
        """Answer with status, headers and what Odoo saw."""
        context = ssl.create_default_context(cafile=self.path / "fullchain.pem")
        context.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=10)
        connection.request(method, path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        body = answer.read()
        try:
            return answer.status, answer.headers, json.loads(body)
        except ValueError:
            return answer.status, answer.headers, body.decode(errors="replace")


@pytest.fixture
def proxy(tmp_path):
    found = Proxy(tmp_path)
    started = found.nginx()
    assert started.returncode == 0, started.stderr
    for _try in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", found.port)) == 0:
                break
        time.sleep(0.05)
    yield found
    found.nginx("-s", "stop")
    found.odoo.shutdown()
    found.gevent.shutdown()


def test_nginx_accepts_it(tmp_path):
    done = Proxy(tmp_path).nginx("-t")
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_nginx_refuses_a_seeded_fault(tmp_path):
    seeded = Proxy(tmp_path)
    path = tmp_path / "suite.conf"
    path.write_text(path.read_text().replace("zone=login burst", "zone=gone burst"))
    assert seeded.nginx("-t").returncode


def test_visitor_cannot_choose_his_address(proxy):
    status, _headers, seen = proxy.ask("/web", **{"X-Forwarded-For": "9.9.9.9", "X-Forwarded-Host": "evil"})
    assert status == 200
    assert (seen["X-Forwarded-For"], seen["X-Forwarded-Host"]) == ("127.0.0.1", HOST)
    assert seen["X-Forwarded-Proto"] == "https"


def test_cookies_are_secure_and_the_browser_stays_with_tls(proxy):
    _status, headers, _seen = proxy.ask("/web/login")
    assert re.search("; secure", headers["Set-Cookie"], re.IGNORECASE)
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize(
    "path", ["/web/database/manager", "/web/database/list", "/zh_CN/web/database/selector"]
)
def test_databases_are_nobodys_business(proxy, path):
    assert proxy.ask(path)[0] == 404


def test_websocket_goes_to_its_own_port(proxy):
    assert proxy.ask("/websocket")[2]["port"] == proxy.gevent.server_port
    assert proxy.ask("/web")[2]["port"] == proxy.odoo.server_port


def test_bundles_are_kept_by_the_proxy(proxy):
    first = proxy.ask("/web/assets/1/a.js")[2]
    proxy.odoo.shutdown()
    proxy.odoo.server_close()
    assert proxy.ask("/web/assets/1/a.js")[2] == first


def test_text_is_compressed(proxy):
    _status, headers, _seen = proxy.ask("/web?" + "a" * 2000, **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "method", "limit"),
    [
        ("/web/login", "POST", 31),
        ("/web/session/authenticate", "POST", 31),
        ("/outsourcing/join/00", "GET", 61),
        ("/en/outsourcing/join/00", "GET", 61),
    ],
)
def test_guessing_is_slowed_down(proxy, path, method, limit):
    statuses = [proxy.ask(path, method)[0] for _n in range(limit + 10)]
    assert statuses[: limit - 1] == [200] * (limit - 1)
    assert 429 in statuses[limit:]


def test_reading_the_log_in_page_is_not_counted(proxy):
    assert {proxy.ask("/web/login")[0] for _n in range(50)} == {200}


def test_links_that_work_once_are_not_logged(proxy):
    proxy.ask("/outsourcing/join/0123456789abcdef")
    time.sleep(0.2)
    logged = (proxy.path / "access.log").read_text()
    assert "/outsourcing/join/..." in logged
    assert "0123456789abcdef" not in logged


def test_another_name_gets_no_answer(proxy):
    with pytest.raises(http.client.RemoteDisconnected):
        proxy.ask("/web", host="b.example")


def test_plain_http_leads_to_tls(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=10)
    connection.request("GET", "/my?x=1", headers={"Host": HOST})
    assert connection.getresponse().getheader("Location") == f"https://{HOST}/my?x=1"


def test_update_shows_a_page_that_waits(proxy):
    proxy.odoo.shutdown()
    proxy.odoo.server_close()
    status, _headers, page = proxy.ask("/web")
    assert status == 502
    assert "系统正在更新" in page
