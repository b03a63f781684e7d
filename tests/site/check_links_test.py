#!/usr/bin/env python3
"""check_links_test.py CHECK_LINKS: proves that it accepts a sound site, and sees each fault on a site with that one."""
import subprocess
import sys
import tempfile
from pathlib import Path

ALT = "The error falls with every epoch, and fastest in the first."
SOUND = {
    "index.html": '<a href="other.html#there">x</a> <a href="#here">y</a> <p id="here"></p> <a href="https://x.org">z</a>',
    "other.html": f'<p id="there"></p> <img src="runs/a/a.svg" alt="{ALT}"> <img src="b.png" alt="b"> '
                  '<img src="b.png" alt="" role="presentation">',
    "runs/a/a.svg": '<svg><image href="data:image/png;base64,"/></svg>',
    "b.png": "",
    "menudata.js": 'var menu = "other.html"',
}

# A file, what is put there instead, and what must be said of it.
CASES = [
    ("other.html", None, "no such file: other.html"),
    ("other.html", "nothing", "no such anchor: other.html#there"),
    ("index.html", '<a href="#nowhere">x</a>', "no such anchor: #nowhere"),
    ("index.html", '<img src="b.png">', "no alternative text, or one that says too little: b.png"),
    ("index.html", '<img src="runs/a/a.svg" alt="a figure">', "no alternative text, or one that says too little: runs"),
    ("index.html", "<svg></svg>", "no alternative text, or one that says too little: an svg"),
    ("index.html", '<script src="https://x.org/x.js"></script>', "leaves this machine: https://x.org/x.js"),
    ("runs/a/a.svg", '<svg><image href="tiles.png"/></svg>', "needs another file: tiles.png"),
    ("menudata.js", 'var menu = "@ref other"', "unresolved @ref in the menu"),
    ("pages.txt", "index\nother\nthird", "third.html is missing"),
]


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in ({"pages.txt": "index\nother"} | files).items():
            if text is not None:
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return subprocess.run([sys.executable, sys.argv[1], folder, folder + "/pages.txt"], capture_output=True, text=True)


failures = []
sound = check(SOUND)
if sound.returncode or "2 pages" not in sound.stdout:
    failures.append(f"a sound site: {sound.stdout}{sound.stderr}")
for name, text, said in CASES:
    done = check(SOUND | {name: text})
    if done.returncode != 1 or said not in done.stdout:
        failures.append(f"expected '{said}', got status {done.returncode} and {done.stdout}{done.stderr}")
print("\n".join(failures) or f"each of {len(CASES)} faults was seen")
sys.exit(bool(failures))
