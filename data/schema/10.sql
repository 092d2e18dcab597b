-- SPDX-License-Identifier: MIT
-- The register of notes verbales: those that went out and those that came in, each numbered without
-- gaps in a year. A projection, in the place of `notes`, which had those that went out.
DROP TABLE notes;

CREATE TABLE register (
  act      INTEGER PRIMARY KEY REFERENCES acts (seq),
  case_row INTEGER NOT NULL,
  incoming INTEGER NOT NULL,        -- 0: went out; 1: came in
  year     INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  slip     TEXT NOT NULL,           -- its line of the register, as JSON
  words    TEXT NOT NULL            -- what a search in the register looks through
);
CREATE UNIQUE INDEX register_number ON register (incoming, year, number);
CREATE INDEX register_case ON register (case_row);
CREATE INDEX register_year ON register (year, act);
