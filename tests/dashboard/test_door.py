"""The server under attack: foreign pages, foreign names, foreign messages, foreign paths. The real server answers."""

from __future__ import annotations

import http.client
import json
import re
import uuid
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from experiments.dashboard.door import Door, names_of
from experiments.dashboard.messages import may_pass
from experiments.dashboard.tab import Tab, TurnedAway

from .conftest import PATIENCE

EVIL = "http://evil.example"


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer to exactly this path."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest.fixture
def tab(address: str) -> Any:
    """A tab that talks to the server as a page does."""
    made = Tab(address)
    yield made
    made.leave()


def test_a_tab_whose_goodbye_nobody_hears_is_closed_all_the_same(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Tab(address)

    def unheard(*_asked: Any) -> str:
        raise TimeoutError

    monkeypatch.setattr(made, "_asked", unheard)
    with pytest.raises(TimeoutError):
        made.leave()
    with pytest.raises(TurnedAway):
        made.say("{}")


def handshake(address: str, **headers: str) -> int:
    """Status of the answer to somebody who opens a channel."""
    path = f"/jupyter/api/kernels/{uuid.uuid4().hex}/channels?session_id=a"
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    return ask(address, path, **asked, **{"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}, **headers)[0]


@pytest.mark.parametrize(
    "origin", [EVIL, "null", "http://127.0.0.1:1", "http://localhost.evil.example", "file://", "[", ""]
)
def test_a_page_of_somebody_else_cannot_open_a_channel(address: str, origin: str) -> None:
    assert handshake(address, Origin=origin) == 403


def test_a_page_of_somebody_else_cannot_close_a_tab(address: str, tab: Tab) -> None:
    path = f"/_solara/api/close/{tab.kernel}?session_id={tab.page}"
    assert ask(address, path, "POST", Origin=EVIL)[0] == 403
    assert ask(address, path, "POST")[0] == 200  # not its session: nothing happens
    tab.tell("step")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1", "", "a b", "[", "x" * 3000],
)
def test_a_name_that_points_here_is_not_answered(address: str, host: str) -> None:
    status, _, said = ask(address, "/", Host=host)
    assert status == 403
    assert "--name" in said
    assert len(said) < 300
    assert handshake(address, Host=host, Origin=f"http://{host}"[:2000]) in (400, 403)


def test_names_are_those_of_the_machine_and_those_given() -> None:
    door = Door(None, names_of("0.0.0.0", ("park.example",)), served=True)
    from starlette.datastructures import Headers

    def problem(host: str, origin: str) -> str:
        return door.problem(Headers({"host": host, "origin": origin}), asks=False)

    assert problem("192.168.1.5:8765", "http://192.168.1.5:8765") == ""
    assert problem("[fe80::1]:8765", "http://[fe80::1]:8765") == ""
    assert problem("park.example", "https://park.example") == ""
    assert problem("127.0.0.1:8765", "https://park.example") == ""  # a web server in front that renames it
    assert problem("127.0.0.1:8765", "http://localhost:9000")
    assert problem("evil.example:8765", "http://evil.example:8765")
    assert problem("192.168.1.5:8765", "http://192.168.1.5:9000")


def test_headers_of_an_answer_tell_the_browser_to_be_careful(address: str) -> None:
    for path in ("/", "/readyz", "/stress", "/static/assets/style.css", "/nowhere"):
        _, headers, _ = ask(address, path)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers
    _, headers, body = ask(address, "/")
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in re.findall("script-src ([^;]*)", policy)[0]
    assert policy.count("'sha256-") == len(re.findall("<script(?! src|[^>]* src=)", body))
    assert "httponly" in headers["set-cookie"].lower()


def test_a_visitor_cannot_move_the_files_of_the_page_for_others(address: str) -> None:
    for name in ("script-name", "x-script-name", "x-forwarded-host", "x-forwarded-prefix"):
        ask(address, "/", **{name: "//evil.example"})
    assert "evil.example" not in ask(address, "/")[2]


@pytest.mark.parametrize(
    "path",
    ["/resourcez", "/jupyter/api/kernels/x", "/_solara/api/evict/x", "/static/public/x", "/anything", "/park/../stress/x",
     "/_solara/cdn/left-pad@1.3.0/index.js", "/_solara/cdn/", "/_solara/cdn/@widgetti", "/jupyter/nbextensions/"],
)  # fmt: skip
def test_what_the_page_does_not_need_is_not_there(address: str, path: str) -> None:
    assert ask(address, path)[0] == 404
    assert ask(address, path, "POST")[0] in (404, 405)


def test_who_comes_to_no_page_is_told_where_the_pages_are(address: str) -> None:
    status, headers, said = ask(address, "/anything<b>")
    assert status == 404
    assert "begin with the park at /" in said
    assert "anything" not in said
    assert "script-src 'self'" in headers["content-security-policy"]


def test_asking_for_a_folder_of_front_end_files_leaves_it_there(address: str) -> None:
    _, _, body = ask(address, "/")
    files = re.findall(r'(?:src|href)="(/_solara/cdn/[^"]*)"', body)
    assert len(files) >= 4
    for folder in {file.rsplit("/", depth)[0] for file in files for depth in (1, 2)}:
        assert ask(address, folder)[0] in (307, 404)
        assert ask(address, folder + "/")[0] == 404
    assert {ask(address, file)[0] for file in files} == {200}


OUT = ["../" * 12, "..%2f" * 12, "%2e%2e/" * 12, "..\\..\\..\\", "/", "..%c0%af..%c0%af", "a" * 5000]
MOUNTS = ["/", "/static/", "/static/assets/", "/_solara/cdn/", "/jupyter/nbextensions/", "/stress?folder="]


@pytest.mark.parametrize("out", [*(out + "etc/passwd" for out in OUT), "%00", "style.css%00.png"])
@pytest.mark.parametrize("mount", MOUNTS)
def test_no_path_leads_out(address: str, mount: str, out: str) -> None:
    status, _, body = ask(address, mount + out)
    assert "root:" not in body
    assert status in (400, 404) or mount == "/stress?folder="
    assert status < 500


def custom(**content: Any) -> dict[str, Any]:
    return {"method": "custom", "content": content}


BAD: dict[str, tuple[str, Any]] = {
    "makes a widget of any class": ("comm_msg", custom(create_widget=["os", "abort"], props={}, id="x")),
    "sets anything on a widget": ("comm_msg", custom(update_ref=1, id="x", prop="template")),
    "takes a widget away": ("comm_msg", custom(destroy_widget="x")),
    "an event and more": ("comm_msg", custom(event="go", data="/", create_widget=["os", "abort"])),
    "sets a template": ("comm_msg", {"method": "update", "state": {"template": "<b>x</b>"}, "buffer_paths": []}),
    "sets a part of ours": ("comm_msg", {"method": "update", "state": {"ground": {}}, "buffer_paths": []}),
    "another application": ("comm_msg", {"method": "run", "args": {"path": "/", "appName": "other"}}),
    "draws all anew": ("comm_msg", {"method": "reload"}),
    "forgets its park": ("comm_msg", {"method": "evict"}),
    "runs code": ("execute_request", {"code": "1"}),
    "ends the server's part": ("shutdown_request", {}),
    "no data": ("comm_msg", None),
}  # fmt: skip


def message(kind: str, content: Any, channel: str = "shell") -> str:
    return json.dumps(
        {
            "channel": channel,
            "header": {"msg_type": kind, "msg_id": "1"},
            "content": content,
            "parent_header": {},
        }
    )


@pytest.mark.parametrize("attack", BAD)
def test_messages_that_no_page_of_ours_sends_do_not_pass(attack: str) -> None:
    kind, data = BAD[attack]
    assert not may_pass(message(kind, {"comm_id": "x", "data": data}))


def test_other_broken_messages_do_not_pass() -> None:
    asks = {"method": "app-status"}
    broken = ["", "[]", "null", "1", '"x"', "{", "{}", "[" * 100_000, message("comm_msg", [])]
    broken += [message("comm_open", {"target_name": "jupyter.widget"})]
    broken += [message("comm_msg", {"data": asks}, channel="control")]
    assert not any(map(may_pass, [*broken, None]))
    assert may_pass(
        message(
            "comm_msg",
            {"comm_id": "x", "data": {"method": "custom", "content": {"event": "step", "data": 1}}},
        )
    )


def test_an_attack_ends_the_connection_and_nobody_elses(address: str, tab: Tab) -> None:
    for attack in ("makes a widget of any class", "runs code"):
        other = Tab(address)
        kind, data = BAD[attack]
        with pytest.raises(TurnedAway):
            other.send(kind, {"comm_id": other.part("go"), "data": data})
    other = Tab(address)
    other.say("{")
    other = Tab(address)
    with pytest.raises(TurnedAway):
        other.send("comm_msg", {"comm_id": "x" * 5_000_000, "data": {"method": "app-status"}})
    tab.tell("step")


def test_what_a_tab_sends_in_the_form_of_the_page_cannot_hurt_either(tab: Tab) -> None:
    hostile: list[Any] = [
        None,
        [],
        {},
        "../../etc/passwd",
        -1,
        1e308,
        True,
        "x" * 10_000,
        {"kind": []},
        {"file": "/etc/passwd"},
        [[[]]],
    ]
    for path, events in {
        "/": ("play", "step", "pace", "seek", "to_year", "restart", "pick", "act", "undo", "accept", "drawn", "choose",
              "theme"),
        "/scenario": ("upload", "search", "assign"),
        "/lessons": ("open",),
        "/stress": ("start", "cancel", "table", "picture", "open"),
        "/flows": ("kind", "all"),
    }.items():  # fmt: skip
        tab.tell("go", path)
        for event in events:
            for data in hostile if event not in ("seek", "restart") else hostile[:6]:
                tab.tell(event, data)
        assert "Traceback" not in json.dumps(tab.parts)
    tab.tell("go", "/")
    tab.tell("restart", 1)
    assert tab.state("drawn")["frame"]["quarter"] == 0


def test_what_is_served_holds_no_code_that_a_file_could_bring() -> None:
    import experiments.dashboard as package

    for path in Path(package.__file__).parent.rglob("*.py"):
        text = path.read_text()
        for word in ("pickle.load", "np.load", "eval(", "exec(", "joblib", "yaml.load", "shelve", "marshal"):
            assert word not in text.replace("page.evaluate", "").replace(".evaluate(", ""), (
                f"{path.name}: {word}"
            )


FOREIGN = """<script>
window.done = 0
for (const host of ["127.0.0.1", "localhost"]) {
  const socket = new WebSocket(`ws://${host}:PORT/jupyter/api/kernels/abc/channels?session_id=abc`)
  socket.onopen = () => { window.opened = true }
  socket.onclose = () => { window.done += 1 }
  fetch(`http://${host}:PORT/`).then(() => { window.opened = true }).catch(() => { window.done += 1 })
}
</script><iframe src="http://127.0.0.1:PORT/" onload="window.done += 1"></iframe>"""


def test_a_foreign_page_in_the_same_browser_neither_reads_nor_steers_nor_frames(
    browser: Any, address: str
) -> None:
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    port = str(urlsplit(address).port)
    page.route(
        "http://evil.example/",
        lambda route: route.fulfill(body=FOREIGN.replace("PORT", port), content_type="text/html"),
    )
    page.goto(EVIL + "/")
    page.wait_for_function("window.done === 5")
    assert not page.evaluate("window.opened === true")
    assert all(
        frame.evaluate("document.querySelector('[data-base-url]')") is None for frame in page.frames[1:]
    )
    page.context.close()


def test_a_tab_whose_connection_breaks_goes_on_where_it_was(browser: Any, address: str) -> None:
    page = browser.new_context().new_page()
    sockets: list[Any] = []
    heard: Counter[int] = Counter()

    def through(socket: Any) -> None:
        server, number = socket.connect_to_server(), len(sockets)
        sockets.append((socket, server))

        def back(said: Any) -> None:
            heard[number] += 1
            socket.send(said)

        socket.on_message(server.send)
        server.on_message(back)

    page.set_default_timeout(PATIENCE)
    page.route_web_socket("**/channels*", through)
    page.goto(address)
    page.click("[data-test=quarter]")
    page.wait_for_function("document.querySelector('input[type=range]').value === '1'")
    for end in sockets[0]:
        end.close(code=1011)
    page.wait_for_function("document.querySelector('input[type=range]').value === '1'")
    for _ in range(PATIENCE // 100):
        page.wait_for_timeout(100)
        if heard[1]:  # the page has found its way back
            break
    page.click("[data-test=quarter]")
    page.wait_for_function("document.querySelector('input[type=range]').value === '2'")
    assert len(sockets) == 2
    page.goto("about:blank")
    page.context.close()
