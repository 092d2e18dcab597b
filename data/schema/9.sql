-- SPDX-License-Identifier: MIT
-- Who is recorded, to find the same person again; made from the acts, as the lists are. Nobody who
-- was erased is in it.
CREATE TABLE persons (
  case_row  INTEGER NOT NULL REFERENCES cases (id),
  person    INTEGER NOT NULL,
  title     TEXT NOT NULL,          -- as lists name them
  names     TEXT NOT NULL,          -- words without accents, blanks between (agreement/likeness.h)
  documents TEXT NOT NULL,
  phones    TEXT NOT NULL,
  born      TEXT NOT NULL,
  sex       TEXT NOT NULL,
  locked    INTEGER NOT NULL,
  keepers   TEXT NOT NULL,          -- a restricted case: its officers, a line each; "": anybody
  keys      INTEGER NOT NULL,       -- how many it has below
  PRIMARY KEY (case_row, person)
) WITHOUT ROWID;

CREATE TABLE person_keys (
  key      INTEGER NOT NULL,
  case_row INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  PRIMARY KEY (key, case_row, person)
) WITHOUT ROWID;

-- That a person of one case is a person of another: the links that stand.
CREATE TABLE links (
  case_row  INTEGER NOT NULL REFERENCES cases (id),
  person    INTEGER NOT NULL,
  reference TEXT NOT NULL,          -- of the other case
  other     INTEGER NOT NULL,       -- the person there
  act       INTEGER NOT NULL REFERENCES acts (seq),
  PRIMARY KEY (case_row, person, reference, other)
) WITHOUT ROWID;
CREATE INDEX links_other ON links (reference, other);
