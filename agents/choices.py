"""What a scenario may choose by name: protocols and styles of bargaining, modes of trust.

Apart from the rules that use them, so that a scenario is read without the compiler.
"""

from typing import Literal

Protocol = Literal["concession", "nash", "fixed"]
PROTOCOLS: dict[Protocol, int] = {"concession": 0, "nash": 1, "fixed": 2}
Style = Literal["boulware", "linear", "conceder"]
STYLES: dict[Style, float] = {"boulware": 0.2, "linear": 1.0, "conceder": 5.0}
Mode = Literal["beta", "off"]
MODES: dict[Mode, int] = {"off": 0, "beta": 1}
