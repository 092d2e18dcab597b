-- SPDX-License-Identifier: MIT
-- Views of the case list, as each officer saved them; no part of the fold.
CREATE TABLE views (
  officer TEXT NOT NULL,
  name    TEXT NOT NULL,
  digit   INTEGER NOT NULL,         -- key that calls it; 0: none
  text    TEXT NOT NULL,            -- as typed, in English (agreement/view.h)
  saved   TEXT NOT NULL,            -- when
  PRIMARY KEY (officer, name)
) WITHOUT ROWID;
