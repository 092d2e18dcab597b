-- SPDX-License-Identifier: MIT
-- What a case file holds. File N of this folder brings a file of version N - 1 to version N
-- (PRAGMA user_version); once released, a file here is never changed.

-- ---- the acts: what is true; all else can be made from them again ----

-- An act as it was signed. The acts of the post itself (profile, officers) have a case of zeros.
CREATE TABLE acts (
  seq         INTEGER PRIMARY KEY,  -- order of arrival in this file, from 1, without gaps
  id          BLOB NOT NULL UNIQUE,
  kind        INTEGER NOT NULL,     -- a copy of the core's, as is the case
  case_id     BLOB NOT NULL,
  signer      BLOB NOT NULL,        -- public key
  root        BLOB NOT NULL,        -- root of the directory that it was signed under
  core        BLOB NOT NULL,
  commitments BLOB NOT NULL,        -- one of 32 bytes for each part, in order
  signature   BLOB NOT NULL,
  head        BLOB NOT NULL         -- running hash over all acts up to this one
);
CREATE INDEX acts_case ON acts (case_id, seq);
CREATE INDEX acts_erasing ON acts (seq) WHERE kind = 35;

-- A part that is here; where it is not, its commitment still stands for it.
CREATE TABLE parts (
  act   INTEGER NOT NULL REFERENCES acts (seq),
  part  INTEGER NOT NULL,           -- from 1
  salt  BLOB NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (act, part)
) WITHOUT ROWID;

-- Acts of erasing that were signed in another copy of this file, and that a restored backup applied
-- again; with those of the post that tell who signed. They prove why parts are missing here.
CREATE TABLE erasures (
  place       INTEGER PRIMARY KEY,  -- their order
  upto        INTEGER NOT NULL,     -- seq of the last act here that they concern
  id          BLOB NOT NULL UNIQUE,
  case_id     BLOB NOT NULL,        -- a copy of the core's
  signer      BLOB NOT NULL,
  root        BLOB NOT NULL,
  core        BLOB NOT NULL,
  commitments BLOB NOT NULL,
  signature   BLOB NOT NULL
);

-- ---- projections: made from the acts ----

CREATE TABLE cases (
  id               INTEGER PRIMARY KEY,   -- in the order of their opening: seq of the first act
  case_id          BLOB NOT NULL UNIQUE,
  reference        TEXT NOT NULL UNIQUE,
  year             INTEGER NOT NULL,      -- of the reference, with its number
  number           INTEGER NOT NULL,
  stage            INTEGER NOT NULL,
  exit             TEXT,
  closed           INTEGER NOT NULL,
  role             TEXT NOT NULL,
  requesting_state TEXT NOT NULL,
  receiving_state  TEXT NOT NULL,
  priority         TEXT NOT NULL,
  persons          INTEGER NOT NULL,
  title            TEXT NOT NULL,
  locked           INTEGER NOT NULL,
  dues             INTEGER NOT NULL,      -- how many of its tasks have a day when they are due
  updated          TEXT NOT NULL,
  updated_at       INTEGER NOT NULL,
  last             INTEGER NOT NULL,      -- seq of the last act
  opened           TEXT NOT NULL,         -- day
  name_key         TEXT NOT NULL,         -- the title for sorting; '' where a list may not name it
  officers         TEXT NOT NULL,         -- folded, as the next two with | around each
  grounds          TEXT NOT NULL,
  states           TEXT NOT NULL,         -- the other States concerned
  notes            INTEGER NOT NULL,
  keepers          TEXT NOT NULL,         -- a restricted case: its officers, a line each
  words            TEXT NOT NULL          -- what the search looks through
);
CREATE INDEX cases_number ON cases (year, number);
CREATE INDEX cases_stage ON cases (stage, updated_at, id);
CREATE INDEX cases_stage_number ON cases (stage, year, number, id);
CREATE INDEX cases_updated ON cases (updated_at, id);
CREATE INDEX cases_open ON cases (closed, updated_at, id);
CREATE INDEX cases_counts ON cases (closed, stage);
CREATE INDEX cases_name ON cases (name_key = '', name_key, id);
CREATE INDEX cases_place ON cases (receiving_state, updated_at, id);
-- All that views filter and sort by: they read this, and not the rows.
CREATE INDEX cases_view ON cases (priority, closed, stage, receiving_state, opened, grounds, states,
  officers, notes, updated_at, year, number, name_key);

CREATE VIRTUAL TABLE search USING fts5 (
  words, content = 'cases', content_rowid = 'id', detail = 'none', columnsize = 0,
  prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);

-- What is to be done, or waited for. What is due when is worked out when it is read: periods,
-- working days and today are no part of the acts (agreement/task.h).
CREATE TABLE tasks (
  case_row INTEGER NOT NULL REFERENCES cases (id),
  task     INTEGER NOT NULL,        -- place in the case's list of tasks
  kind     INTEGER NOT NULL,
  danger   INTEGER NOT NULL,        -- 0: a life is in danger; 1: none is
  state    TEXT NOT NULL,
  person   INTEGER NOT NULL,        -- 0: none in particular
  act      INTEGER NOT NULL,        -- seq of the act that made it
  since    TEXT NOT NULL,           -- from when on it is there, and a period counts
  named    INTEGER NOT NULL,        -- 1: an act names the day when it is due
  due      TEXT,                    -- that day
  setting  INTEGER NOT NULL,        -- the period that counts from `since`, or 0
  country  TEXT NOT NULL,           -- whose working days count; '': those of the post
  at       INTEGER NOT NULL,        -- `due`, or else `since`, in seconds
  PRIMARY KEY (case_row, task)
) WITHOUT ROWID;
-- In a group of like tasks, the one that is first here is due first. With all that tells when.
CREATE INDEX tasks_order ON tasks (kind, danger, setting, country, named, at, since, due);

-- What the other side said, for the list of what came in.
CREATE TABLE arrivals (
  act      INTEGER PRIMARY KEY REFERENCES acts (seq),
  case_row INTEGER NOT NULL,
  state    TEXT NOT NULL,
  at       TEXT NOT NULL,
  by       TEXT NOT NULL
);

-- The register of outgoing notes: numbers of this post, without gaps in a year.
CREATE TABLE notes (
  year     INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  case_row INTEGER NOT NULL,
  act      INTEGER NOT NULL REFERENCES acts (seq),
  PRIMARY KEY (year, number)
) WITHOUT ROWID;

-- ---- outside the fold ----

CREATE TABLE drafts (
  id      INTEGER PRIMARY KEY AUTOINCREMENT, -- never given again: a bookmark may name one that went
  officer BLOB NOT NULL,            -- public key: a draft is its officer's alone
  subject TEXT NOT NULL,
  kind    INTEGER NOT NULL,
  slot    INTEGER NOT NULL,
  screen  TEXT NOT NULL DEFAULT '',
  focus   TEXT NOT NULL DEFAULT '',
  cursor  INTEGER NOT NULL DEFAULT 0,
  at      TEXT NOT NULL,
  seen    INTEGER NOT NULL,         -- seq of the case's last act when it was begun; 0: none
  UNIQUE (officer, subject, kind, slot)
);

CREATE TABLE draft_fields (
  draft  INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  path   TEXT NOT NULL,
  text   TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  PRIMARY KEY (draft, path)
) WITHOUT ROWID;

CREATE TABLE presence (
  id      INTEGER PRIMARY KEY,      -- random: an opening of the file
  pid     INTEGER NOT NULL,
  host    TEXT NOT NULL,
  officer TEXT NOT NULL,
  place   TEXT NOT NULL,
  since   TEXT NOT NULL
);

CREATE TABLE settings (
  name    TEXT PRIMARY KEY,
  value   TEXT NOT NULL,
  said_by TEXT,                      -- of those that a head of post says
  said_at TEXT
) WITHOUT ROWID;
