"""The servers that the benchmark asks, all on 127.0.0.1."""

import os
import socket
import subprocess
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class DidNotStart(RuntimeError):
    """A server has ended when it was to begin; the text is what it has said."""


def started(command, port, log):
    """The process of a server, once it listens on the port."""
    with open(log, "w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    for _ in range(200):
        with socket.socket() as probe:
            answers = probe.connect_ex(("127.0.0.1", port)) == 0
        # On a port that was taken somebody else listens, and nginx tries for a while longer.
        if process.poll() is not None or "in use" in open(log).read():
            break
        if answers:
            return process
        time.sleep(0.05)
    process.kill()
    process.wait()
    raise DidNotStart(f"{command[0]} did not start on port {port}:\n{open(log).read()}")


class IndexServer:
    """Answers any `since` from one file, each answer `latency` milliseconds late."""

    def __init__(self, binary, index, port, latency=0):
        self.port = port
        self.url = f"http://127.0.0.1:{self.port}/index"
        self.process = started([binary, index, str(self.port), str(latency)], self.port, index + ".log")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


ORIGIN = (
    '{"Version":"v1.4.2","Time":"2024-05-06T07:08:09Z","Origin":{"VCS":"git",'
    '"URL":"https://github.com/acme/toolkit","Hash":"0123456789abcdef0123456789abcdef01234567",'
    '"Ref":"refs/tags/v1.4.2"}}'
)

NGINX = """
pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; keepalive_timeout 300;
    http2_max_concurrent_streams 256;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    map $arg_since $page {{ "" start; default $arg_since; }}
    server {{
        listen 127.0.0.1:{plain}; listen 127.0.0.1:{tls} ssl http2;
        ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
        default_type application/json;
        location /sum/ {{ root {folder}; }}
        location = /index {{ root {folder}; try_files /pages/$page =404; }}
        location = /packed-index {{ root {folder}; gzip_static on; try_files /pages/$page =404; }}
        location ~ /@v/list$ {{ return 200 "v1.4.1\\nv1.4.2\\n"; }}
        location / {{ return 200 '{origin}'; }}
    }}
}}
"""


class Nginx:
    """Serves pages of an index as files named by their `since`, and answers every look-up of a module proxy.

    `ca` names all authorities that a client trusts by default and the server's own: reading some 140 of them for each
    new connection is a part of what TLS costs a client that does so.
    """

    def __init__(self, folder, authorities):
        self.folder = os.path.abspath(folder)
        os.makedirs(f"{self.folder}/pages", exist_ok=True)
        self.ca = f"{self.folder}/authorities.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", f"{self.folder}/key.pem", "-out", f"{self.folder}/cert.pem"],
            check=True, stderr=subprocess.DEVNULL)
        with open(self.ca, "w") as file:
            file.write(open(authorities).read() + open(f"{self.folder}/cert.pem").read())
        os.chmod(self.folder, 0o755)
        self.process = self.start(attempts=5)

    def start(self, attempts):
        """That ports were free a moment ago says nothing: where one is taken, others are tried."""
        plain, tls = free_port(), free_port()
        self.plain, self.tls = f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{tls}"
        with open(f"{self.folder}/nginx.conf", "w") as file:
            file.write(NGINX.format(folder=self.folder, plain=plain, tls=tls, origin=ORIGIN))
        binary = next(path for path in ("/usr/sbin/nginx", "/usr/bin/nginx") if os.path.exists(path))
        user = "user root;" if os.geteuid() == 0 else ""
        command = [binary, "-p", self.folder, "-c", f"{self.folder}/nginx.conf", "-e", "stderr"]
        try:
            return started(command + ["-g", f"daemon off; {user}"], tls, f"{self.folder}/nginx.log")
        except DidNotStart as error:
            if attempts == 1 or "in use" not in str(error):
                raise
        return self.start(attempts - 1)

    def place(self, folder, name):
        """Serves a folder under a name, in place of the one that was there."""
        link = f"{self.folder}/{name}"
        if os.path.lexists(link):
            os.remove(link)
        os.symlink(folder, link)
        return name

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
