-- SPDX-License-Identifier: MIT
-- Where an officer is in a program that is open, and what is typed there and nowhere else: so that
-- it goes on in the same cell after whatever ends the program. Gone when it is left as one leaves.
CREATE TABLE bookmarks (
  program INTEGER PRIMARY KEY,      -- id of its presence
  officer BLOB NOT NULL,            -- public key: a bookmark is its officer's alone
  at      TEXT NOT NULL,
  screens TEXT NOT NULL             -- JSON of the program on the terminal
);
