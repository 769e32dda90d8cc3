"""A park whose author means harm: every name, title and text in it is markup, a template, a formula or a link."""

from __future__ import annotations

import json

from simulation.files import read

MARK = "hurt"
"""An element with this id, or an alert, is a name that was taken for more than text."""
COMPANIES = {
    '"Power station"': f"<script>alert(1)</script><b id={MARK}>",
    '"Plasterboard works"': '"><img src=x onerror=alert(2)>',
    "Brewery": "{{7*7}} {{constructor.constructor('alert(3)')()}}",
    '"Pig farm"': "[x](javascript:alert(4))",
    '"Brick works"': r"$\frac{1$ ${7*7} </style><style>*{display:none}",
    "Town": f"'><svg onload=alert(5) id={MARK}>" + "w" * 66,
    '"Cement works"': f"</title></textarea><iframe srcdoc='<b id={MARK}>'>",
}
PROCESSES = {"boiler": "<img src=x onerror=alert(6)>", "boards": r"$\undefined{$"}
RESOURCE = f"<u id={MARK}>$ash$ {{{{7*7}}}}"
TEXT = f"<script>alert(7)</script><b id={MARK}> {{{{7*7}}}} $\\frac$"
FORMULAS = ["=1+1", "+SUM(A1)", "-2+3", "@x", "\uff1d1"]
INVISIBLE = ["a\u202eb", "a\u200bb", "a\x00b", "a\nb", "\ud800", "x" * 10_000]


def park() -> str:
    """The park of the classroom under these names, as a file."""
    text = read("classroom").content.decode()
    for one, other in COMPANIES.items():
        text = text.replace(f"companies.{one}", f"companies.{json.dumps(other)}")
        text = text.replace(f"prospects.{one}", f"prospects.{json.dumps(other)}")
    town = json.dumps(COMPANIES["Town"])
    text = text.replace('municipality = "Town"', f"municipality = {town}")
    for one, other in PROCESSES.items():
        text = text.replace(f".processes.{one}]", f".processes.{json.dumps(other)}]")
    text = text.replace("brewers_grains = 0.2", f"brewers_grains = 0.2, {json.dumps(RESOURCE)} = 0.5")
    text = text.replace("inputs = { clay = 1.25,", f"inputs = {{ {json.dumps(RESOURCE)} = 0.5, clay = 1.25,")
    resource = (
        f'[resources.{json.dumps(RESOURCE)}]\nunit = "t"\nclass = "material"\ndisposal = 50\nprice = 60\n'
    )
    text = text.replace(
        "# --- how people meet", f"{resource}source = {json.dumps(TEXT)}\n\n# --- how people meet"
    )
    for field in ("title", "description"):
        line = next(line for line in text.splitlines() if line.startswith(f"{field} = "))
        text = text.replace(line, f"{field} = {json.dumps(TEXT)}")
    return text.replace('name = "classroom"', f"name = {json.dumps(TEXT)}")
