"""Runs go-miner 1.0.4 against a server on this machine. Its code is unchanged: this file says where it writes, and
sends what it asks of the two Go services to the addresses given.

    python peer.py list  WORK INDEX_URL
    python peer.py look  WORK PROXY_URL      looks up the names of WORK/module_names.txt
"""

import os
import sys

import requests
from go_miner import miner

step, work, url = sys.argv[1:]
get = requests.Session.get


def get_on_loopback(session, address, **options):
    for service in ("https://index.golang.org/index", "https://proxy.golang.org"):
        if address.startswith(service):
            address = url + address[len(service):]
    return get(session, address, **options)


requests.Session.get = get_on_loopback
miner.CHECKPOINT_DIR = work
miner.MODULE_NAMES_FILE = os.path.join(work, "module_names.txt")
miner.INDEX_CHECKPOINT = os.path.join(work, "index_checkpoint.json")

if step == "list":
    print("modules", miner.download_go_index())
else:
    count = miner.get_module_names_count()
    miner.download_go_index = lambda: count
    miner.mine_go_packages(output_dir=work)
