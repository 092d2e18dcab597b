-- SPDX-License-Identifier: MIT
-- What the bodies of the Conference are called in documents, where it is not as we have it by default.
CREATE TABLE bodies (
  body     TEXT NOT NULL,           -- name of bodies.h
  language TEXT NOT NULL,           -- en, es, fr
  name     TEXT NOT NULL,           -- with its article
  said_by  TEXT NOT NULL,           -- officer
  said_at  TEXT NOT NULL,
  PRIMARY KEY (body, language)
) WITHOUT ROWID;
