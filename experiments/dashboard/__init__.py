"""The live page: a park that runs before your eyes, and what would have happened without you.

`show` is what one visitor has (park, twin, actions, player) and knows nothing of the page; `frame`,
`stage`, `inspection`, `flows`, `trust`, `news` and `difference` turn tables into plain dicts to draw.
`views` and `front` draw them with Solara; `server` starts it. Nothing here is shared by visitors.
"""
