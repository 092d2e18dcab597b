/* SPDX-License-Identifier: MIT */
/*
 * What each article of the instrument asks for, in a line of our own words: why a field is asked.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_ARTICLE_H
#define AMPARO_AGREEMENT_ARTICLE_H

/* Of "7.4" and the like: N_(), at most 56 cells; NULL where there is no such article. */
const char *article_gist(const char *article);

#endif
