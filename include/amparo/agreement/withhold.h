/* SPDX-License-Identifier: MIT */
/*
 * What a person who consents holds back: recipients to whom nothing goes, and items that do not go
 * to a recipient who gets the rest. Asked by the redaction function and by the gates.
 * Layer: agreement (pure); uses base.
 *
 * "Not to them" outlives the consent that it was said with, for whatever purpose; only a later
 * consent that names the recipient lifts it. What is withheld from a recipient goes by the latest
 * consent for that purpose and recipient, whether it is in force or not; what is withheld with the
 * consent to keep records (P1) is withheld from everybody outside the post.
 */
#ifndef AMPARO_AGREEMENT_WITHHOLD_H
#define AMPARO_AGREEMENT_WITHHOLD_H

#include "amparo/agreement/case.h"

/*
 * Has the person barred that recipient? `kind`: "authorities", "family", "organisations", "iom";
 * `name`: who, or NULL where it is not said (then one of the kind that is barred may be meant).
 */
bool withhold_bars(const struct case_file *c, long person, const char *kind, const char *name);

/* Does the person hold that field back from the recipient? purpose NULL: from any; to NULL: any. */
bool withheld_field(const struct case_file *c, long person, const char *purpose, const char *to,
                    enum act_kind act, const char *key);

/*
 * Does the text tell what the person holds back from the recipient: a name of a place, a number, a
 * date of birth as it stands in the record? Accents, case, blanks in numbers do not matter.
 */
bool withheld_in_text(const struct case_file *c, long person, const char *purpose, const char *to,
                      const char *text);

#endif
