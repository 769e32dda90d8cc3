"""Laws that hold in every run of every park (model description, laws), under hypothesis."""
