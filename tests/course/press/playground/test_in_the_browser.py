"""The playground in a real browser: opened from the disk, driven by keys, judged by axe."""

import json

import pytest
from browser import CHROMIUM, browser

from course.book import HOME, Book
from course.press import playground

AXE = next(iter(sorted(HOME.glob("build/vendor/axe-core-*/axe.min.js"))), None)
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38}
KEYS |= {"ArrowRight": 39, "ArrowDown": 40}
WATCH = """
window.complaints = [];
addEventListener("error", (event) => complaints.push(event.message));
addEventListener("unhandledrejection", (event) => complaints.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => complaints.push(event.blockedURI));
console.error = console.warn = (...words) => complaints.push(words.join(" "));
"""


class Reader:
    """Somebody at the page who has keys alone."""

    def __init__(self, page, address):
        self.page, self.address = page, address

    def open(self, state="", dark=False, width=1366, height=768):
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.page.call("Emulation.setEmulatedMedia", features=[scheme])
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.page.call("Emulation.setDeviceMetricsOverride", **size)
        self.page.call("Page.navigate", url="about:blank")
        self.page.call("Page.navigate", url=f"{self.address}#{state}")
        self.page.wait("document.readyState === 'complete' && globalThis.playground !== undefined")

    def press(self, key, shift=False, times=1):
        told = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
        told["modifiers"] = 8 if shift else 0
        if key in ("Enter", " "):
            told["text"] = "\r" if key == "Enter" else " "
        for _ in range(times):
            self.page.call("Input.dispatchKeyEvent", type="keyDown", **told)
            told_up = {name: value for name, value in told.items() if name != "text"}
            self.page.call("Input.dispatchKeyEvent", type="keyUp", **told_up)

    def tab_to(self, selector, shift=False):
        """Press Tab until what has the focus is what is wanted."""
        for _ in range(150):
            self.press("Tab", shift)
            if self.page.ask(f"Boolean(document.activeElement?.matches({json.dumps(selector)}))"):
                return
        raise AssertionError(f"the Tab key does not reach {selector}")

    def text(self, selector):
        return self.page.ask(f"document.querySelector({json.dumps(selector)}).textContent")


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    folder = tmp_path_factory.mktemp("playground")
    file = playground.write(Book(), folder / "a page" / "playground.html")
    with browser(folder / "browser") as page:
        page.call("Page.enable")
        page.call("Network.enable")
        page.call("Network.emulateNetworkConditions", offline=True, latency=0,
                  downloadThroughput=-1, uploadThroughput=-1)  # fmt: skip
        page.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        yield Reader(page, file.as_uri())


@pytest.fixture(autouse=True)
def without_complaint(request):
    yield
    if "reader" in request.fixturenames:
        page = request.getfixturevalue("reader").page
        assert page.ask("complaints") == []
        assert page.ask("performance.getEntriesByType('resource').length") == 0


def test_it_opens_at_once_and_asks_for_nothing(reader, record_property):
    reader.open()
    paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    first = reader.page.wait(paint)
    record_property("first paint, ms", first)
    print(f"first paint after {first:.0f} ms")
    assert first < 2000  # 500 are promised; a busy machine is given time
    assert reader.text("[data-subject=cost][data-of=train]") == "0.6926"


def test_by_keys_alone_from_an_empty_page_to_a_trained_spiral(reader):
    reader.open("hidden=")
    reader.tab_to("[name=set]")
    reader.press("ArrowRight", times=3)
    assert reader.page.ask("playground.state.data") == "spiral"
    reader.tab_to("#batch")
    reader.press("ArrowDown", times=3)
    reader.tab_to("#more")
    reader.press("Enter", times=2)
    for layer in (1, 2):
        reader.tab_to(f'[aria-label="Layer {layer}, one unit more"]')
        reader.press("Enter", times=4)
    state = reader.page.ask("playground.state")
    assert state["hidden"] == [[8, "tanh"], [8, "tanh"]] and state["batch"] == 32
    reader.tab_to("#run", shift=True)
    reader.press("Enter")
    reader.page.wait("playground.now.train[0] < 0.05", seconds=120)
    reader.press("Enter")
    assert reader.text("#run") == "Run"
    assert "Training cost 0.0" in reader.text("#status")
    epoch = reader.page.ask("playground.run.epoch")
    reader.page.wait(f"location.hash.includes('epoch={epoch}')")


def test_back_and_rewind_come_to_the_same_numbers(reader):
    reader.open("data=xor")
    costs = []
    reader.tab_to("#step")
    for _ in range(5):
        costs.append(reader.text("[data-subject=cost][data-of=train]"))
        reader.press("Enter")
    reader.tab_to("#back", shift=True)
    reader.press("Enter", times=2)
    assert reader.text("[data-subject=cost][data-of=train]") == costs[3]
    reader.tab_to("#rewind", shift=True)
    reader.press("Enter")
    assert reader.text("[data-subject=cost][data-of=train]") == costs[0]


def test_an_address_brings_the_run_back(reader):
    state = "data=gauss&noise=0.5&features=x1,x1x2&hidden=3relu&rate=0.1&batch=8&epoch=40"
    reader.open(state)
    reader.page.wait("playground.run.epoch === 40 && !playground.player.running")
    weights = reader.page.ask("[...playground.run.layers[0].W.data]")
    reader.page.wait("location.hash.includes('epoch=40')")
    again = reader.page.ask("location.hash.slice(1)")
    reader.open(again)
    reader.page.wait("playground.run.epoch === 40 && !playground.player.running")
    assert reader.page.ask("[...playground.run.layers[0].W.data]") == weights


def test_on_the_way_to_an_epoch_the_address_keeps_naming_it(reader):
    state = "data=trees_green&hidden=8tanh,8tanh,8tanh&batch=1&epoch=100000"
    reader.open(state)
    reader.page.wait("playground.run.epoch > 0")
    reader.page.ask("playground.player.last.spoken = -1e9")
    reader.page.wait("document.getElementById('status').textContent.startsWith('Epoch')")
    assert reader.page.ask("playground.later === undefined && location.hash") == f"#{state}"
    reader.page.ask("playground.player.pause()")
    reader.page.wait("!location.hash.includes('epoch=100000')")


def test_it_can_go_slowly(reader):
    reader.open("data=xor")
    start = "document.getElementById('speed').value = '10'; playground.player.play()"
    reader.page.ask(f"{start}; window.begun = performance.now()")
    passed = "performance.now() - begun"
    reader.page.wait(f"{passed} > 1000")
    done, took = reader.page.ask(f"[playground.run.epoch, {passed}]")
    assert 0.5 * took / 100 <= done <= took / 100 + 1
    reader.page.ask("playground.player.pause()")


def test_every_number_opens_the_panel_and_escape_leads_back(reader):
    reader.open("hidden=3tanh,2relu")
    subjects = "[...new Set([...document.querySelectorAll('.num')].map((b) => b.dataset.subject))]"
    asked = reader.page.ask(subjects)
    assert len(asked) > 15
    for subject in asked:
        reader.page.ask(f"document.querySelector('.num[data-subject={subject}]').focus()")
        reader.press("Enter")
        assert reader.page.ask("document.activeElement.id") == "panel-title"
        body = reader.text("#panel-body")
        assert "nnlib/" in body and "chapter" in body
        reader.press("Escape")
        back = "document.activeElement.dataset.subject"
        assert reader.page.ask(back) == subject
        assert reader.page.ask("document.getElementById('panel').hidden")


def test_numbers_of_a_table_are_reached_with_arrows(reader):
    reader.open()
    reader.tab_to("#parameters .num")
    first = reader.page.ask("JSON.stringify({...document.activeElement.dataset})")
    reader.press("ArrowDown")
    reader.press("ArrowRight")
    assert reader.page.ask("JSON.stringify({...document.activeElement.dataset})") != first
    assert reader.page.ask("document.activeElement.dataset.unit") == "1"
    assert reader.page.ask("document.activeElement.dataset.input") == "1"


def test_a_run_that_diverges_stops_and_is_explained(reader):
    reader.open("rate=1000000&hidden=4relu")
    reader.tab_to("#run")
    reader.press("Enter")
    reader.page.wait("playground.ended && !playground.player.running")
    said = reader.text("#notice")
    assert "learning_rate 1e+06 is too large" in said and "try" in said
    reader.tab_to("#notice [data-subject]")
    reader.press("Enter")
    assert "hopeless" in reader.text("#panel-body")


def test_the_focus_is_not_lost_when_a_button_goes_off(reader):
    reader.open("rate=1000000&hidden=4relu")
    reader.tab_to("#run")
    reader.press("Enter")
    reader.page.wait("playground.ended && !playground.player.running")
    assert reader.page.ask("document.activeElement.id") == "rewind"
    reader.press("Enter")
    assert reader.page.ask("document.activeElement.id") == "run"
    reader.tab_to('[aria-label="Layer 1, one unit more"]')
    reader.press("Enter", times=5)
    assert reader.page.ask("document.activeElement.textContent") == "−"


def test_tables_show_what_the_pictures_show(reader):
    reader.open("data=xor&epoch=30")
    reader.page.wait("playground.run.epoch === 30 && !playground.player.running")
    reader.page.ask("document.getElementById('as-table').open = true")
    reader.page.wait("document.querySelectorAll('#tables table').length === 3")
    counts = reader.page.ask(
        "[...document.querySelectorAll('#tables [data-said]')].map((b) => Number(b.textContent))"
    )
    assert sum(counts[:4]) == 200 and sum(counts[4:]) == 50
    place = "document.querySelector('#tables [data-place]')"
    assert 0 <= float(reader.page.ask(f"{place}.textContent")) <= 1
    reader.page.ask(f"{place}.click()")
    assert "at the place" in reader.text("#panel-body")
    last = "[...document.querySelectorAll('#tables [data-of=train][data-epoch]')].at(-1)"
    assert reader.page.ask(f"{last}.textContent") == reader.page.ask(
        "playground.run.history.costs[29].toFixed(4)"
    )


def test_examples_are_placed_by_keys(reader):
    reader.open("data=drawn")
    assert "no example yet" in reader.text("#notice")
    reader.tab_to("#add")
    reader.press("Enter", times=2)
    assert "All training examples have label 0" in reader.text("#notice")
    reader.tab_to("[name=mark]", shift=True)
    reader.press("ArrowRight")
    reader.tab_to("#add")
    reader.press("Enter", times=2)
    assert reader.text("#notice") == ""
    assert reader.page.ask("playground.run.X.cols") >= 3


def test_examples_are_drawn_with_a_mouse_and_nothing_moves_under_it(reader):
    reader.open("data=drawn")
    box = "(({left, top, width}) => [left, top, width])(plane.getBoundingClientRect())"
    left, top, width = reader.page.ask(box)
    for row, modifiers in ((0.3, 0), (0.7, 8)):  # 8: Shift, the other label
        for i, kind in enumerate(["mousePressed", *["mouseMoved"] * 4, "mouseReleased"]):
            place = {"x": left + width * (0.2 + 0.1 * min(i, 4)), "y": top + width * row}
            down = {"button": "left", "buttons": int(kind != "mouseReleased"), "clickCount": 1}
            down["modifiers"] = modifiers
            reader.page.call("Input.dispatchMouseEvent", type=kind, **place, **down)
    points = reader.page.ask("playground.state.points")
    assert [label for _, _, label in points] == [0] * 5 + [1] * 5
    assert len({y for _, y, _ in points}) == 2
    assert reader.text("#notice") == ""


def test_a_table_is_pasted_and_a_wrong_one_is_refused(reader):
    reader.open("data=pasted")
    fill = "document.getElementById('table').value = {}; document.getElementById('use').click()"
    reader.page.ask(fill.format(json.dumps("1,2,a\n3,b,a")))
    assert reader.text("#refused") == "Line 2: x2 must be a finite number; found “b”."
    rows = [f"{i},{i % 3},{'yes' if i % 2 else 'no'}" for i in range(20)]
    reader.page.ask(fill.format(json.dumps("\n".join(["u,v,w", *rows]))))
    assert reader.text("#refused") == ""
    assert reader.page.ask("playground.run.X.cols") == 16


def test_a_step_of_2_8_8_1_on_250_examples_is_quick(reader):
    reader.open("data=spiral&test=0&hidden=8tanh,8tanh")
    time = """(() => {
      const taken = [];
      for (let i = 0; i < 1200; i++) {
        const begun = performance.now();
        playground.run.step();
        taken.push(performance.now() - begun);
      }
      return taken.slice(200).sort((a, b) => a - b)[500];
    })()"""
    taken = reader.page.ask(time)
    print(f"a step takes {taken:.2f} ms (median of 1000)")
    assert taken < 4  # 1 is promised; a busy machine is given time


STATES = {
    "as it opens": ("", ""),
    "the panel and all that folds": (
        "hidden=3relu,2tanh&data=trees_green",
        "for (const one of document.querySelectorAll('details')) one.open = true;"
        "document.querySelector('#trace .num').click()",
    ),
    "drawn": ("data=drawn", ""),
    "pasted": ("data=pasted", "document.getElementById('use').click()"),
    "diverged": ("rate=1000000&hidden=4relu&epoch=300", ""),
}


@pytest.mark.parametrize("dark, width", [(False, 390), (True, 1366)], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(reader, state, dark, width):
    if AXE is None:
        pytest.skip("axe-core is not in build/vendor")
    address, script = STATES[state]
    reader.open(address, dark, width)
    reader.page.wait("!playground.player.running")
    reader.page.ask(script)
    reader.page.wait("document.getAnimations().length === 0")
    reader.page.ask(AXE.read_text(encoding="utf-8"))
    reader.page.ask("axe.run().then((found) => { window.found = found; })")
    reader.page.wait("window.found !== undefined")
    found = "found.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 120))])"
    assert reader.page.ask(found) == []


@pytest.mark.parametrize("width, height", [(1366, 768), (390, 844)])
def test_nothing_is_wider_than_the_screen(reader, width, height):
    reader.open("hidden=8tanh,8tanh,8tanh,8tanh", width=width, height=height)
    assert reader.page.ask("document.documentElement.scrollWidth") <= width


def test_who_wants_no_motion_gets_few_pictures(reader):
    reader.open("data=xor")
    calm = {"name": "prefers-reduced-motion", "value": "reduce"}
    reader.page.call("Emulation.setEmulatedMedia", features=[calm])
    count = """(() => {
      window.drawn = 0;
      const draw = playground.draw;
      playground.draw = function (...all) { window.drawn += 1; return draw.apply(this, all); };
      window.begun = performance.now();
      playground.player.play();
    })()"""
    reader.page.ask(count)
    reader.page.wait("performance.now() - begun > 1000")
    assert 1 <= reader.page.ask("drawn") <= 5
    reader.page.ask("playground.player.pause()")
