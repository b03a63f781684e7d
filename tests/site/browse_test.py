#!/usr/bin/env python3
"""Proves that browse.py accepts a sound site, and that it sees each kind of fault on a site with that one fault."""
import sys
import tempfile
from pathlib import Path

import browse

SOUND = """<!DOCTYPE html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"/>
<link rel="icon" href="data:,"/></head><body><div id="doc-content"><p>Words. <a href="index.html">Start</a></p>
<div class="fragment" style="overflow-x: auto"><pre style="width: 3000px">wide code scrolls by itself</pre></div>
BODY</div></body></html>"""

# What is put into the page, and what must be said of it; None: nothing.
CASES = [
    ("", None),
    ("<script>undefinedFunction()</script>", "script: "),
    ("<script>console.log('no fault')</script>", None),
    ("<script src='missing.js'></script>", "missing.js"),
    ("<img src='missing.png' alt='none' width='9' height='9'>", "missing.png"),
    ("<script>fetch('http://192.0.2.1/').catch(() => 0)</script>", "leaves the site: http://192.0.2.1/"),
    ("<span class='katex-error' title='ParseError'>x</span>", "formula: ParseError"),
    ("<p>\\[ y = x \\]</p>", "formula: not set at all"),
    ("<div class='banner' style='width: 2000px'>wide</div>", "at 1280 px: sideways: "),
    ("<div class='banner' style='width: 600px'>wide on a phone</div>", "at 390 px: sideways: "),
]


def search_page(found):
    """A page with the site's own search field, whose search finds something or nothing."""
    result = "<div class='SRResult'>Dense</div>" if found else ""
    return SOUND.replace("BODY", f"""<input id="MSearchField"><div id="found"></div><script>
      const searchBox = {{OnSearchFieldFocus() {{}}, Search() {{ document.getElementById('found').innerHTML = "{result}"; }}}};
      </script>""")


def main():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        browser = browse.Browser()
        for number, (body, expected) in enumerate(CASES):
            page = Path(folder) / f"page{number}.html"
            page.write_text(SOUND.replace("BODY", body), encoding="utf-8")
            (Path(folder) / "index.html").write_text(SOUND.replace("BODY", ""), encoding="utf-8")
            for home in (Path(folder).as_uri() + "/", browse.serve(folder)):
                found = browser.faults(home + page.name, home)
                if expected is None and found or expected and not any(expected in f for f in found):
                    failures.append(f"{body or 'a sound page'} at {home}: expected {expected}, found {found}")
        for found in (True, False):
            page = Path(folder) / "index.html"
            page.write_text(search_page(found), encoding="utf-8")
            if bool(browser.search(page.as_uri(), "Dense")) != found:
                failures.append(f"a search that finds {'something' if found else 'nothing'} was not seen")
        browser.driver.quit()
    print("\n".join(failures) or f"each of {len(CASES)} pages was judged rightly")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
