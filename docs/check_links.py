#!/usr/bin/env python3
"""check_links.py SITE PAGES: fails if a page that PAGES names is not there, if one points to a file or an anchor that does
not exist or to another machine for a part of itself, shows a picture without a text for those who cannot see it (a
figure's must say what is to be seen, in 40 characters or more), or shows an SVG that needs another file, which browsers
do not load for it."""
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.blind, self.foreign = set(), [], [], []
        self.feed(text)
    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.ids |= {a[k] for k in ("id", "name") if a.get(k)}
        self.links += [a[k] for k in ("href", "src") if a.get(k)]
        alt = a.get("alt") if tag == "img" else a.get("aria-label")
        is_figure = tag == "img" and a.get("src", "").startswith(("runs/", "results/"))
        if tag in ("img", "svg") and a.get("role") != "presentation" and len(alt or "") < (40 if is_figure else 1):
            self.blind.append(a.get("src", "an svg"))
        if tag in ("script", "img", "link") and (a.get("src") or a.get("href", "")).startswith(("http:", "https:", "//")):
            self.foreign.append(a.get("src") or a["href"])

root = Path(sys.argv[1]).resolve()
pages = {p: Page(p.read_text(encoding="utf-8")) for p in root.rglob("*.html") if "katex" not in p.parts and "search" not in p.parts}
bad = [f"{p.name}: no alternative text, or one that says too little: {b}" for p, page in pages.items() for b in page.blind]
bad += [f"{p.name}: leaves this machine: {f}" for p, page in pages.items() for f in page.foreign]
bad += [f"{name}.html is missing" for name in Path(sys.argv[2]).read_text().split() if root / f"{name}.html" not in pages]
for p, page in pages.items():
    for link in page.links:
        if link.startswith(("http:", "https:", "data:", "javascript:", "mailto:")):
            continue
        path, anchor = urldefrag(link)
        target = (p.parent / unquote(path)).resolve() if path else p
        if not target.exists():
            bad.append(f"{p.name}: no such file: {link}")
        elif anchor and target in pages and unquote(anchor) not in pages[target].ids:
            bad.append(f"{p.name}: no such anchor: {link}")
bad += [f"{p.name}: unresolved @ref in the menu" for p in root.glob("*.js") if '"@ref ' in p.read_text(encoding="utf-8")]
for p in root.glob("runs/**/*.svg"):
    needed = re.findall(r"""href=["'](?!data:|#)([^"']+)""", p.read_text(encoding="utf-8"))
    bad += [f"{p.relative_to(root)}: needs another file: {link}" for link in needed]
print("\n".join(bad) or f"{len(pages)} pages, all links lead somewhere")
sys.exit(bool(bad))
