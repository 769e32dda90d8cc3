"""Stories of two or three companies: what happens, in which order, and for how much.

Unless a story says otherwise, Maker leaves 1000 t of ash a year that costs 10 EUR/t to dump, and User buys
1000 t of clinker at 40 EUR/t, which the ash replaces one to one. By hand: p_min -10, p_max 40, surplus 50.
Nothing is left to chance (`parks.CALM`): they meet at once and share the surplus equally, at 15 EUR/t.
"""
