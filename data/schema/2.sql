-- SPDX-License-Identifier: MIT
-- The directory (Art. 7.6): who takes part, and where each State has offices. It is no part of the
-- fold: a decision keeps a copy of the lines that it used.

-- A line of a State's list: its post, or the country that a post elsewhere covers (non_resident).
CREATE TABLE missions (
  id        INTEGER PRIMARY KEY,
  state     TEXT NOT NULL,
  country   TEXT NOT NULL,          -- accredited to, or covered
  seat      TEXT NOT NULL,          -- where it stands
  city      TEXT NOT NULL,
  kind      INTEGER NOT NULL,       -- enum post_kind, as are source and its enum
  able      INTEGER NOT NULL,
  source    INTEGER NOT NULL,
  listed_on TEXT NOT NULL,          -- date of the list
  phone     TEXT NOT NULL,
  email     TEXT NOT NULL,
  website   TEXT NOT NULL,
  reference TEXT NOT NULL
);
CREATE INDEX missions_country ON missions (country, state);
CREATE INDEX missions_state ON missions (state, source);

-- The date of the list of its offices that a State filed (7.6), or that was imported.
CREATE TABLE lists (
  state     TEXT NOT NULL,
  source    INTEGER NOT NULL,
  listed_on TEXT NOT NULL,
  said_by   TEXT NOT NULL,          -- officer
  said_at   TEXT NOT NULL,
  PRIMARY KEY (state, source)
) WITHOUT ROWID;

CREATE TABLE parties (
  state   TEXT PRIMARY KEY,
  since   TEXT NOT NULL,
  until   TEXT,                     -- last day; NULL: goes on
  source  TEXT NOT NULL,
  said_by TEXT NOT NULL,
  said_at TEXT NOT NULL
) WITHOUT ROWID;

-- Whom to ask; "" where it was not said.
CREATE TABLE focal_points (
  state       TEXT PRIMARY KEY,
  desk        TEXT NOT NULL,
  email       TEXT NOT NULL,
  phone       TEXT NOT NULL,
  hours       TEXT NOT NULL,
  languages   TEXT NOT NULL,        -- codes, blanks between
  valid_from  TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  verified_on TEXT NOT NULL,
  said_by     TEXT NOT NULL,
  said_at     TEXT NOT NULL
) WITHOUT ROWID;

-- One row, or none: then it is a pilot.
CREATE TABLE instrument (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  status  TEXT NOT NULL,            -- code of assess.md
  since   TEXT,
  said_by TEXT NOT NULL,
  said_at TEXT NOT NULL
);
