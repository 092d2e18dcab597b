-- SPDX-License-Identifier: MIT
-- Disasters that bring many people at once. No part of the fold: a case names its event, and its
-- acts hold what they took from it.

-- What was said of an event, each time anew; the last one counts.
CREATE TABLE events (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  version INTEGER NOT NULL,         -- from 1
  content TEXT NOT NULL,            -- JSON, by the field table of events
  said_by TEXT NOT NULL,            -- officer
  said_at TEXT NOT NULL,
  UNIQUE (name, version)
);

-- The cases of events; made from the acts, as the lists are.
CREATE TABLE event_cases (
  case_row INTEGER PRIMARY KEY REFERENCES cases (id),
  event    TEXT NOT NULL,
  family   TEXT NOT NULL,           -- mark in its list, folded; ""
  lone     INTEGER NOT NULL         -- children without an adult
);
CREATE INDEX event_cases_family ON event_cases (event, family);
