-- SPDX-License-Identifier: MIT
-- Of a print, how it was made: what the code on the paper (store/papercode.h) is to tell of it.

ALTER TABLE access ADD COLUMN language TEXT NOT NULL DEFAULT '';  -- of the document
ALTER TABLE access ADD COLUMN as_of TEXT NOT NULL DEFAULT '';     -- the day whose end it tells of
CREATE INDEX access_taken ON access (entry) WHERE kind <> 1;
