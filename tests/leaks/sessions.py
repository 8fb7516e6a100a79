"""A login that was made inside, used outside: the cookie of the form, and the token of the service."""

import re
from urllib.parse import urlencode

from tests.leaks.wire import Door
from tests.leaks.wire import JSON
from tests.leaks.wire import Person


_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')


def cookie_of(person: Person) -> str:
    """The value of the cookie that the login form gives ``person`` at his door."""
    form = person.door.ask("GET", "login")
    fields = [dict(_ATTRIBUTE.findall(found)) for found in _HIDDEN.findall(form.body.decode())]
    sent = {each["name"]: each.get("value", "") for each in fields if "name" in each}
    sent |= {"__ac_name": person.login, "__ac_password": person.password, "buttons.login": "x"}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = person.door.ask("POST", "login", headers, urlencode(sent).encode())
    given = [value.partition(";")[0] for name, value in answer.headers if name.lower() == "set-cookie"]
    return next((each.partition("=")[2] for each in given if each.startswith("__ac")), "")


def token_of(person: Person) -> str:
    """The token that the service gives ``person`` at his door; "" where there is no such service."""
    body = f'{{"login": "{person.login}", "password": "{person.password}"}}'.encode()
    answer = person.door.ask("POST", "@login", {**JSON, "Content-Type": "application/json"}, body)
    return answer.json()["token"] if answer.status == 200 else ""


def carried_out(person: Person, outside: Door) -> list[Person]:
    """The same person at another door with what he got at his own."""
    found = []
    if value := cookie_of(person):
        # under every name that a door could look for
        cookies = "; ".join(f"{name}={value}" for name in ("__ac", "__ac_wan", "__ac_internet"))
        found.append(Person(f"{person.name} outside with the cookie from inside", outside, sent={"Cookie": cookies}))
    if token := token_of(person):
        sent = {"Authorization": f"Bearer {token}"}
        found.append(Person(f"{person.name} outside with the token from inside", outside, sent=sent))
    return found
