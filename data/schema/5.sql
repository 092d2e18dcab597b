-- SPDX-License-Identifier: MIT
-- The meetings of the Liaison Officer Network (7.7), and what its report and the statistics read of
-- the cases.

-- The calendar: no part of the fold; a head of post's to say.
CREATE TABLE meetings (
  day       TEXT PRIMARY KEY,       -- one a day
  network   TEXT NOT NULL,
  place     TEXT NOT NULL,
  cancelled INTEGER NOT NULL,
  said_by   TEXT NOT NULL,          -- officer
  said_at   TEXT NOT NULL
) WITHOUT ROWID;

-- ---- projections: made from the acts ----

CREATE TABLE digests (
  case_row INTEGER PRIMARY KEY REFERENCES cases (id),
  opened   TEXT NOT NULL,           -- day
  owed     TEXT,                    -- day after which a meeting is owed the case; NULL: none is
  facts    TEXT NOT NULL            -- JSON: agreement/digest.h
);
CREATE INDEX digests_opened ON digests (opened);
CREATE INDEX digests_owed ON digests (owed) WHERE owed IS NOT NULL;

-- That a case was presented at a meeting, as its `report` acts say.
CREATE TABLE presented (
  act      INTEGER PRIMARY KEY REFERENCES acts (seq),
  case_row INTEGER NOT NULL,
  day      TEXT NOT NULL,
  pending  INTEGER NOT NULL
);
CREATE INDEX presented_day ON presented (day, case_row);
CREATE INDEX presented_case ON presented (case_row);
