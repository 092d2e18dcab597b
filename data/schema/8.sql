-- SPDX-License-Identifier: MIT
-- Who looked at what is sensitive, printed it or took it out: the access log. No row is ever changed
-- or removed, each is chained to the one before and signed; no row has a migrant's name.
CREATE TABLE access (
  entry     INTEGER PRIMARY KEY,    -- from 1, without gaps
  at        TEXT NOT NULL,
  acts      INTEGER NOT NULL,       -- seq of the last act at that time
  kind      INTEGER NOT NULL,       -- 1 view, 2 print, 3 export
  reference TEXT NOT NULL,          -- of the case; '' for the whole file
  what      TEXT NOT NULL,
  recipient TEXT NOT NULL,
  copy      INTEGER NOT NULL,       -- of a print: which one of that document
  signer    BLOB NOT NULL,          -- public key
  signature BLOB NOT NULL,
  head      BLOB NOT NULL           -- running hash over all entries up to this one
);
CREATE INDEX access_reference ON access (reference, entry);
