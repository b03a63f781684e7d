#!/usr/bin/env python3
"""browse.py SITE: opens every page of the site in headless Chromium, every other one from the disk and the rest from a
sub-folder of a server, makes the window wide and then narrow, and prints a line for each fault: a script that fails, a request that fails or leaves this machine, a formula
that KaTeX cannot set, a page that is wider than its window, a search that finds nothing. Fails when there is one.

browse.py --screenshots FOLDER SITE [PAGE...]: takes pictures of the pages instead, wide and narrow, light and dark."""
import concurrent.futures
import functools
import http.server
import json
import os
import sys
import threading
from pathlib import Path
from urllib.parse import quote

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

WIDE, NARROW = (1280, 900), (390, 844)

LOOK = """
const faults = [...document.querySelectorAll('.katex-error')].map(e => 'formula: ' + e.title);
if (/\\\\[([]|\\\\begin\\{/.test(document.body.innerText.replace(/\\s+/g, ' ')) && !document.querySelector('.katex'))
  faults.push('formula: not set at all');
for (const box of [document.documentElement, document.getElementById('doc-content')])
  if (box && box.scrollWidth > box.clientWidth + 1) {
    const wide = [...box.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > box.clientWidth + 1 &&
      !e.closest('.fragment, table, .katex-mathml, .katex-display, #nav-tree, #MSearchResultsWindow'));
    const name = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : e.className ? '.' + e.className : '');
    faults.push(`sideways: ${box.scrollWidth} in ${box.clientWidth} px: ` + wide.slice(-1).map(e => name(e) + ' ' + e.textContent.trim().slice(0, 60)));
  }
for (const image of document.images)
  if (image.complete && !image.naturalWidth && image.offsetParent) faults.push('picture: ' + image.getAttribute('src'));
return faults;
"""


class Browser:
    """Chromium, which tells of each page what went wrong in it."""

    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         "--hide-scrollbars", "--disable-background-networking", "--allow-file-access-from-files"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(
            os.environ.get("CHROMEDRIVER", "/usr/bin/chromedriver")))
        self.driver.set_page_load_timeout(60)

    def resize(self, size):
        width, height = size
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})

    def faults(self, url, home):
        """What is wrong with the page at this address, whose site is at `home`, wide and narrow."""
        self.resize(WIDE)
        self.driver.get(url)
        found = []
        for size in (WIDE, NARROW):
            self.resize(size)
            self.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
            found += [f"at {size[0]} px: {fault}" for fault in self.driver.execute_script(LOOK)]
        return list(dict.fromkeys(found + self.logged(home)))

    def logged(self, home):
        found = [f"script: {entry['message']}" for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        addresses = {}
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            parameters = message["params"]
            if message["method"] == "Network.requestWillBeSent":
                address = addresses[parameters["requestId"]] = parameters["request"]["url"]
                if not address.startswith((home, "data:", "blob:", "about:")) and not address.endswith("/favicon.ico"):
                    found.append(f"request: leaves the site: {address}")
            elif message["method"] == "Network.loadingFailed" and not parameters.get("canceled"):
                found.append(f"request: {parameters['errorText']}: {addresses.get(parameters['requestId'], '?')}")
            elif message["method"] == "Network.responseReceived" and parameters["response"]["status"] >= 400:
                found.append(f"request: status {parameters['response']['status']}: {parameters['response']['url']}")
        return found

    def search(self, url, word):
        """How many results the site's own search shows for the word."""
        self.driver.get(url)
        return self.driver.execute_async_script("""
          const [word, done] = arguments, field = document.getElementById('MSearchField');
          if (!field || typeof searchBox === 'undefined') return done(0);
          field.focus(); searchBox.OnSearchFieldFocus(true); field.value = word; searchBox.Search();
          let waits = 0;
          const poll = () => {
            const frame = document.getElementById('MSearchResults');
            const inside = (frame && frame.contentDocument) || document;
            const shown = [...inside.querySelectorAll('.SRResult')].filter(e => e.style.display !== 'none').length;
            if (shown || ++waits > 40) done(shown); else setTimeout(poll, 50);
          };
          poll();""", word)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        if self.path == "/favicon.ico":  # which browsers ask for once, whatever the pages say
            self.send_response(204)
            return self.end_headers()
        if not self.path.startswith("/some/where/"):
            return self.send_error(404)
        self.path = self.path.removeprefix("/some/where")
        return super().do_GET()


def serve(site):
    """The site in a sub-folder of a server on this machine, and where that is."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/some/where/"


def pages_of(site):
    return sorted(p for p in site.rglob("*.html") if not {"katex", "search"} & set(p.relative_to(site).parts))


def browse(site, search_for):
    pages = pages_of(site)
    if not pages:
        return [f"{site}: there is no page"]

    def visit(home, mine):
        faults, browser = [], Browser()
        for page in mine:
            address = home + quote(str(page.relative_to(site)))
            faults += [f"{page.name}: {fault}" for fault in browser.faults(address, home)]
        for word in search_for:
            if not browser.search(home + "index.html", word):
                faults.append(f"index.html at {home}: search: nothing found for '{word}'")
        browser.driver.quit()
        return faults

    with concurrent.futures.ThreadPoolExecutor() as pool:
        visits = [pool.submit(visit, site.as_uri() + "/", pages[::2]), pool.submit(visit, serve(site), pages[1::2])]
        faults = [fault for done in visits for fault in done.result()]
    print(f"{len(pages)} pages at {WIDE[0]} and {NARROW[0]} px, half from the disk, half from a sub-folder of a server")
    return faults


def take_pictures(folder, site, names):
    browser = Browser()
    folder.mkdir(parents=True, exist_ok=True)
    for page in [site / name for name in names] or pages_of(site):
        for size in (WIDE, NARROW):
            for scheme in ("light", "dark"):
                browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                    "features": [{"name": "prefers-color-scheme", "value": scheme}]})
                browser.resize(size)
                browser.driver.get(page.as_uri())
                height = browser.driver.execute_script(
                    "const b = document.getElementById('doc-content'); return 140 + (b ? b.scrollHeight : 0)")
                browser.resize((size[0], max(size[1], min(height, 9000))))
                browser.driver.save_screenshot(str(folder / f"{page.stem}_{size[0]}_{scheme}.png"))
    browser.driver.quit()


if __name__ == "__main__":
    if sys.argv[1] == "--screenshots":
        take_pictures(Path(sys.argv[2]), Path(sys.argv[3]).resolve(), sys.argv[4:])
    else:
        problems = browse(Path(sys.argv[1]).resolve(), ("Dense", "check_layer", "matmul", "Proofs"))
        print("\n".join(problems) or "no fault")
        sys.exit(bool(problems))
