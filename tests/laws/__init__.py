"""Laws that hold in every run of every park (docs/model.md, section 9); `book` lists them all."""
