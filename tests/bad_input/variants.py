"""Layers that do not fit: circles of bases, bases that are not there, what cannot be removed."""

from __future__ import annotations

from .row import Bad, folder, link_to, variant

FITS = "name = 'a'\ncatalogue = 'none'\n"

ROWS = (
    Bad("a base of itself", "check a.toml", "a.toml: base: found a circle, a.toml -> ... a.toml, allowed a base that does not lead back",
        {"a.toml": "base = 'a.toml'"}),
    Bad("two files based on each other", "check a.toml", "base: found a circle, a.toml -> ... b.toml -> ... a.toml",
        {"a.toml": "base = 'b.toml'", "b.toml": "base = 'a.toml'"}),
    Bad("three files in a circle", "check a.toml", "found a circle, a.toml -> ... b.toml -> ... c.toml -> ... a.toml",
        {"a.toml": "base = 'b.toml'", "b.toml": "base = 'c.toml'", "c.toml": "base = 'a.toml'"}),
    Bad("a circle that the file is not in", "check a.toml", "found a circle, a.toml -> ... b.toml -> ... c.toml -> ... b.toml",
        {"a.toml": "base = 'b.toml'", "b.toml": "base = 'c.toml'", "c.toml": "base = 'b.toml'"}),
    Bad("a circle by way of a link", "check a.toml", "found a circle",
        {"a.toml": "base = 'b.toml'", "b.toml": link_to("a.toml")}),
    Bad("a circle by way of a folder", "check a.toml", "found a circle",
        {"a.toml": "base = 'below/../a.toml'", "below": folder}),
    Bad("a chain of a thousand bases", "check a0.toml", "base: found a chain of more than ... bases",
        {f"a{row}.toml": f"base = 'a{row + 1}.toml'" for row in range(1000)} | {"a1000.toml": FITS}),
    Bad("a base that is not there", "check a.toml", "a.toml: base: 'smal.toml': found no such file ... did you mean 'small.toml'",
        {"a.toml": "base = 'smal.toml'"}),
    Bad("a base of the base that is not there", "check a.toml", "b.toml: base: 'c.toml': found no such file",
        {"a.toml": "base = 'b.toml'", "b.toml": "base = 'c.toml'"}),
    Bad("a bundled base with a slip", "check a.toml", "did you mean 'classroom'?", {"a.toml": "base = 'clasroom'"}),
    Bad("a number for a base", "check a.toml", "a.toml: base: found 3, allowed a bundled name, or the path of a TOML file",
        {"a.toml": "base = 3"}),
    Bad("no name for a base", "check a.toml", "a.toml: base: found ''", {"a.toml": "base = ''"}),
    Bad("a folder for a base", "check a.toml", "a.toml: base: 'below': found a folder", {"a.toml": "base = 'below'", "below": folder}),
    Bad("a device for a base", "check a.toml", "base: '/dev/zero': found no file to read", {"a.toml": "base = '/dev/zero'"}),
    Bad("a base with a null character", "check a.toml", "a.toml: base: 'a\\x00b': found", {"a.toml": 'base = "a\\u0000b"'}),
    Bad("a base that is no TOML", "check a.toml", "b.toml: end of document: found no TOML", {"a.toml": "base = 'b.toml'", "b.toml": "x"}),
    Bad("a fault in the base", "check a.toml", "trust: prior: found 7", {"a.toml": "base = 'b.toml'", "b.toml": variant("[trust]\nprior = 7")}),
    Bad("no such catalogue", "check a.toml", "a.toml: catalogue: found 'generl', allowed 'general' or 'none'; did you mean 'general'?",
        {"a.toml": "catalogue = 'generl'"}),
    Bad("a list of catalogues", "check a.toml", "catalogue: found ['none'], allowed 'general' or 'none'",
        {"a.toml": "catalogue = ['none']"}),
    Bad("a text to remove", "check a.toml", "a.toml: remove: found 'companies.Mill', allowed a list of dotted paths",
        {"a.toml": variant("remove = 'companies.Mill'")}),
    Bad("a number to remove", "check a.toml", "remove: found [3], allowed a list of dotted paths", {"a.toml": variant("remove = [3]")}),
    Bad("to remove what is not there", "check a.toml", "a.toml: remove: companies.Mil: found no such field; did you mean 'companies.Mill'?",
        {"a.toml": variant("remove = ['companies.Mil']")}),
    Bad("to remove twice", "check a.toml", "remove: companies.Mill: found no such field",
        {"a.toml": variant("remove = ['companies.Mill', 'companies.Mill']")}),
    Bad("to remove no path", "check a.toml", "a.toml: remove: found no field path", {"a.toml": variant("remove = ['']")}),
    Bad("to remove what others need", "check a.toml", "a.toml: substitutions.ash: clinker ... the unknown resource 'clinker'",
        {"a.toml": variant("remove = ['resources.clinker']")}),
)  # fmt: skip
