-- SPDX-License-Identifier: MIT
-- The acts of the post again, whole, a row for each part (0: of one without parts), on pages of
-- their own: without them no other act counts, so the page with the first acts of the file must not
-- be the only one that has them. Made from the acts, as the projections are.
CREATE TABLE post_acts (
  seq         INTEGER NOT NULL,
  id          BLOB NOT NULL,
  kind        INTEGER NOT NULL,
  case_id     BLOB NOT NULL,
  signer      BLOB NOT NULL,
  root        BLOB NOT NULL,
  core        BLOB NOT NULL,
  commitments BLOB NOT NULL,
  signature   BLOB NOT NULL,
  head        BLOB NOT NULL,
  part        INTEGER NOT NULL,
  salt        BLOB,
  bytes       BLOB,
  PRIMARY KEY (seq, part)
) WITHOUT ROWID;
