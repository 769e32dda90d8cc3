"""The same rules in plain Python objects on Mesa: the yardstick of the benchmark, and a second opinion.

Written from docs/model.md with companies, processes, ties and contracts as objects, dictionaries and lists, as
one writes a Mesa model. It shares the reader of scenarios and the calendar with the model, and no rule, no formula
and no table. A test asks that it trades as the model does. What it lacks it refuses (`refusing`). It keeps no
journal, no yearly accounts and few indicators, so it does less than the model does in the same time.
"""

from .park import PeerPark

__all__ = ["PeerPark"]
