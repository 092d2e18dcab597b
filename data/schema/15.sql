-- SPDX-License-Identifier: MIT
-- The seal of the letterhead, as a head of post set it: one row, or none.
CREATE TABLE seal (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  width   INTEGER NOT NULL,         -- dots
  height  INTEGER NOT NULL,
  png     BLOB NOT NULL,            -- as base/png.h takes it
  said_by TEXT NOT NULL,            -- officer
  said_at TEXT NOT NULL
);
