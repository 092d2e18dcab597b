-- SPDX-License-Identifier: MIT
-- The working days of countries: what a head of post said of them. Where a country has no row in
-- weekends, its weekend is Saturday and Sunday.
CREATE TABLE weekends (
  country TEXT PRIMARY KEY,
  days    INTEGER NOT NULL,         -- bits of base/calendar.h
  said_by TEXT NOT NULL,
  said_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE holidays (
  country TEXT NOT NULL,
  year    INTEGER NOT NULL,         -- 0: every year
  month   INTEGER NOT NULL,
  day     INTEGER NOT NULL,
  name    TEXT NOT NULL,
  said_by TEXT NOT NULL,
  said_at TEXT NOT NULL,
  PRIMARY KEY (country, year, month, day)
) WITHOUT ROWID;
