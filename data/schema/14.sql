-- SPDX-License-Identifier: MIT
-- The correspondence with other posts: dispatches, made here or come in, with whom they are for and
-- what became of them. Beside the acts: officers' acts are the case; a dispatch is what leaves of
-- one, or what one was recorded from.

-- A dispatch as it was signed (store/actbytes.h); those of the directory have a case of zeros.
CREATE TABLE dispatches (
  place       INTEGER PRIMARY KEY,  -- order in which they were made here or came in
  id          BLOB NOT NULL UNIQUE,
  kind        INTEGER NOT NULL,     -- copies of the core's, as the next ones up to `sequence`
  case_id     BLOB NOT NULL,
  opener      BLOB NOT NULL,        -- also where the author is the opener
  author      BLOB NOT NULL,
  incarnation INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  signer      BLOB NOT NULL,
  root        BLOB NOT NULL,
  core        BLOB NOT NULL,
  commitments BLOB NOT NULL,
  signature   BLOB NOT NULL,
  ours        INTEGER NOT NULL,     -- 1: made here
  at          TEXT NOT NULL,        -- when, by our clock
  standing    INTEGER NOT NULL,     -- enum standing of the conversation when it was folded last
  erased      INTEGER NOT NULL,     -- 1: its parts went with a person who was erased
  act         INTEGER REFERENCES acts (seq), -- that says the same; NULL: none yet
  refused     TEXT                  -- why no act was recorded of it; NULL: nothing stands against it
);
CREATE INDEX dispatches_case ON dispatches (opener, case_id, place);
CREATE INDEX dispatches_chain ON dispatches (author, case_id, incarnation, sequence);
CREATE INDEX dispatches_act ON dispatches (act);
CREATE INDEX dispatches_author ON dispatches (author, standing);

CREATE TABLE dispatch_parts (
  dispatch INTEGER NOT NULL REFERENCES dispatches (place),
  part     INTEGER NOT NULL,        -- from 1
  said     BLOB NOT NULL,           -- its salt, then its bytes
  PRIMARY KEY (dispatch, part)
) WITHOUT ROWID;

-- To which post each of ours goes, and what is known of its arrival.
CREATE TABLE deliveries (
  dispatch INTEGER NOT NULL REFERENCES dispatches (place),
  post     BLOB NOT NULL,           -- post id
  sent_at  TEXT,                    -- when it went into a pouch last
  times    INTEGER NOT NULL,        -- how often
  acked_at TEXT,                    -- when that post's receipt came
  PRIMARY KEY (dispatch, post)
) WITHOUT ROWID;
CREATE INDEX deliveries_waiting ON deliveries (post, dispatch) WHERE acked_at IS NULL;

-- Acts that would go out as dispatches, and what keeps them here.
CREATE TABLE held (
  act    INTEGER NOT NULL REFERENCES acts (seq),
  code   TEXT NOT NULL,             -- the State that is not to have it; '': nobody is
  reason TEXT NOT NULL,             -- as was said to who looked last
  since  TEXT NOT NULL,
  PRIMARY KEY (act, code)
) WITHOUT ROWID;

-- Receipts that we owe: dispatches of theirs that came in since our last pouch to them.
CREATE TABLE receipts (
  post     BLOB NOT NULL,
  dispatch BLOB NOT NULL,           -- id
  sent_at  TEXT NOT NULL,           -- when it went along; '': it has not
  PRIMARY KEY (post, dispatch)
) WITHOUT ROWID;

-- Acts of the directory that went to a post, which acknowledges none: it cites a version.
CREATE TABLE directory_sent (
  post     BLOB NOT NULL,
  dispatch INTEGER NOT NULL REFERENCES dispatches (place),
  sent_at  TEXT NOT NULL,
  times    INTEGER NOT NULL,
  PRIMARY KEY (post, dispatch)
) WITHOUT ROWID;

-- A case of another post's and the case here that follows it.
CREATE TABLE counterparts (
  opener   BLOB NOT NULL,
  case_id  BLOB NOT NULL,
  case_row INTEGER NOT NULL,        -- cases.id; lists are made anew, this is not
  PRIMARY KEY (opener, case_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX counterparts_case ON counterparts (case_row);

-- Pouches that were read, by their hash: the same one again is nothing new.
CREATE TABLE pouches (
  hash   BLOB PRIMARY KEY,
  at     TEXT NOT NULL,
  sender BLOB NOT NULL,             -- post id
  said   TEXT NOT NULL              -- what came of it, as JSON
) WITHOUT ROWID;

-- The post's own keys: one signs what leaves, one opens what comes in, a directorate's may vouch for
-- the posts of its State. Which were whose from when on is said by acts of the post.
CREATE TABLE post_keys (
  key     BLOB PRIMARY KEY,         -- public
  purpose INTEGER NOT NULL,         -- enum of store/identity.h
  seed    BLOB,                     -- NULL: destroyed
  since   TEXT NOT NULL,
  until   TEXT                      -- NULL: in use
) WITHOUT ROWID;
