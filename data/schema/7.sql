-- SPDX-License-Identifier: MIT
-- Costs (Art. 8): a projection of them, for what is asked over all cases; and the budgets that IOM
-- sets for its programmes, which are no part of a case.

-- Made from the acts, a row for each cost that can be read as an amount.
CREATE TABLE costs (
  case_row   INTEGER NOT NULL REFERENCES cases (id),
  cost       INTEGER NOT NULL,      -- place among the case's costs, by day of payment
  act        INTEGER NOT NULL,      -- seq of the act
  day        TEXT NOT NULL,
  source     TEXT NOT NULL,         -- codes of the field table
  iom        TEXT NOT NULL,
  programme  TEXT NOT NULL,         -- its words, folded; '' where IOM is not asked
  currency   TEXT NOT NULL,
  units      INTEGER NOT NULL,      -- of the currency's smallest unit, as are the others
  base       TEXT NOT NULL,         -- '' where it was not converted
  base_units INTEGER NOT NULL,
  debtor     TEXT NOT NULL,         -- of an advance: who owes it to whom
  creditor   TEXT NOT NULL,
  owed       INTEGER NOT NULL,      -- what is left of it
  due        TEXT NOT NULL,         -- as agreed or asked; '' by the usual period
  PRIMARY KEY (case_row, cost)
) WITHOUT ROWID;
CREATE INDEX costs_owed ON costs (day) WHERE owed > 0;
CREATE INDEX costs_programme ON costs (programme, day) WHERE programme <> '';

CREATE TABLE budgets (
  programme TEXT NOT NULL,          -- as people write it
  starts_on TEXT NOT NULL,
  ends_on   TEXT NOT NULL,
  folded    TEXT NOT NULL,          -- its words as those of costs
  mechanism TEXT NOT NULL,          -- how IOM is to be asked
  currency  TEXT NOT NULL,
  units     INTEGER NOT NULL,
  reference TEXT NOT NULL,
  said_by   TEXT NOT NULL,          -- officer
  said_at   TEXT NOT NULL,
  PRIMARY KEY (folded, starts_on)
) WITHOUT ROWID;
