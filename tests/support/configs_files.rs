//! Configs files that tests of several topics use.

pub const TWO: &str = "# top\n[a]\n  url = \"http://h:8086\"\n  token = \"t0ken-of-a\"\n  active = true\n\n[b]\n  url = \"http://h:8087\"\n  cookie = \"dTpwYXNzd29yZC1vZi1i\"\n  org = \"acme\"\n  previous = true\n";
