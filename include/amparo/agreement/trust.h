/* SPDX-License-Identifier: MIT */
/*
 * Whom one trusts, and why: the fold of the set of directory acts (diract.h), with what the post
 * itself said (the root that it was handed, cards, telephone checks). In whatever order they came,
 * the same comes of it; an act whose reference is not here waits, one that may not say what it says
 * is kept and does not count. Layer: agreement (pure); uses base.
 *
 * Three keys make the root; what one of them signs counts once another one approved it. The root
 * names a key for each State, a State's key the posts of that State, a post's key its sealing key.
 * A key gives way to another one that it signs, and stays good for what is dated up to 90 days
 * after. A key that was revoked is good for what lies on the chains below the heads that the
 * revocation names; where that cannot be shown, and in a case (the directory too) of which it names
 * no head, for what a good key refers to.
 */
#ifndef AMPARO_AGREEMENT_TRUST_H
#define AMPARO_AGREEMENT_TRUST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/buf.h"
#include "amparo/base/date.h"

enum {
    TRUST_GRACE_DAYS = 90,
    TRUST_FORMER = 2, /* roots that are remembered after another one was set */
};

#define TRUST_NONE ((size_t)-1)

/* ---- what is folded ---- */

/* One act of the directory, as it was read from bytes whose signature holds. */
struct diract {
    uint8_t id[ACT_ID_SIZE];
    uint8_t signer[TRUST_KEY];
    uint8_t root[ROOT_SIZE]; /* that it was signed under */
    uint8_t author[POST_ID];
    uint64_t incarnation, sequence;
    uint8_t prev[16];
    struct instant at;
    enum diract_kind kind;
    const json_t *payload; /* has passed diract_check() */
};

enum trust_standing {
    TRUST_COUNTS,
    TRUST_WAITS,     /* for what it refers to, or for another root key's approval */
    TRUST_IRREGULAR, /* kept, and never counted */
};

struct trust_act {
    struct diract act;
    enum trust_standing standing;
    const char *why;      /* N_(): of what waits or is irregular; else NULL */
    const uint8_t *by[2]; /* root keys that signed and approved it; NULL: none */
    uint64_t version;     /* first version of the directory that has it; 0: none yet */
};

/* ---- what comes of it ---- */

struct trust_key {
    uint8_t key[TRUST_KEY];
    uint8_t owner[POST_ID];     /* the post whose it is, or in whose file a State's key lies */
    char state[STATE_SIZE];     /* "" of the Technical Secretariat */
    bool of_state;              /* else of a post */
    enum trust level;           /* as of now, of what it signs */
    const struct trust_act *by; /* made it known; NULL: a card, or it is our own */
    size_t before;              /* the key that signed it; TRUST_NONE: none did */
    bool current;               /* what is signed now is signed by it */
    bool ends;                  /* good for what is dated until then, and no longer */
    struct instant until;
    const struct trust_act *revoked; /* by which; NULL: it is not */
};

struct trust_post {
    uint8_t id[POST_ID];
    char state[STATE_SIZE]; /* "" of the Technical Secretariat */
    bool secretariat, own;
    const char *code, *name, *country, *city, *kind;
    enum trust level;
    size_t key; /* the current one; TRUST_NONE: all were revoked */
    bool sealed;
    uint8_t sealing[TRUST_KEY];
    struct date sealing_until;
};

struct trust_state {
    char state[STATE_SIZE];
    size_t key;                    /* the current one; TRUST_NONE: none, or revoked */
    const struct trust_act *party; /* NULL: none */
    const struct trust_act *focal;
    const struct trust_act *offices; /* the last of its list, which is whole */
};

struct trust_version {
    const struct trust_act *act;
    uint64_t version;
    uint8_t hash[VERSION_HASH];
    struct date until;
    size_t missing; /* acts that it, or one before it, has and that are not here */
};

/* What a post was handed outside of the directory: a card, our own keys. */
struct trust_contact {
    uint8_t post[POST_ID];
    uint8_t key[TRUST_KEY];
    char state[STATE_SIZE]; /* "" of the Technical Secretariat */
    const char *code, *name, *country, *city, *kind;
    bool own; /* our own post: certain; its key of now comes last */
    bool sealed;
    uint8_t sealing[TRUST_KEY];
    struct date sealing_until;
    bool passed_over; /* of the fold: it says what cannot be, by what was known before it */
};

/* Somebody compared a fingerprint by telephone; or a head of post gives their word that identity
 * may go there all the same. */
struct trust_check {
    uint8_t key[TRUST_KEY];
    struct date on;
    const char *called, *number, *by;
    bool word; /* the head of post's word, else a call */
};

/* Somebody cites another directory than ours. */
enum trust_difference_kind {
    DIFFERENCE_NEWER, /* a version that is not here */
    DIFFERENCE_HASH,  /* another hash of a version that is here */
    DIFFERENCE_TWO,   /* the root released two directories as one version */
    DIFFERENCE_PARTS, /* a version is here, and some of its acts are not */
};

struct trust_difference {
    enum trust_difference_kind kind;
    uint64_t version;
    uint8_t hash[DIRECTORY_HASH];
    uint8_t author[POST_ID]; /* who cites it; zeros: nobody */
};

struct trusted {
    /* ---- set before the fold ---- */
    char pinned[FINGERPRINT_SIZE]; /* of the root, from the card that was handed over; "" none */
    char former[TRUST_FORMER][FINGERPRINT_SIZE]; /* of roots that were set before it; "" none */
    struct trust_act *acts;                      /* by id after the fold */
    size_t act_count;
    struct trust_contact *contacts;
    size_t contact_count;
    struct trust_check *checks;
    size_t check_count;

    /* ---- of the fold ---- */
    bool rooted; /* the keys of the pinned root are here */
    uint8_t root[ROOT_SIZE];
    uint8_t roots[ROOT_KEYS][TRUST_KEY];
    uint8_t former_roots[TRUST_FORMER][ROOT_SIZE]; /* under which old dispatches are; zeros: none */
    struct trust_key *keys;
    size_t key_count;
    struct trust_post *posts; /* by id */
    size_t post_count;
    struct trust_state *states; /* by code */
    size_t state_count;
    struct trust_version *versions; /* ascending; each stands on the one before */
    size_t version_count;
    const struct trust_act *instrument; /* NULL: nothing is said */
    uint64_t minimum;                   /* version of pouches; 0: nothing is said */
    struct trust_difference *differences;
    size_t difference_count;
    struct trust_difference *settled; /* that are none of the network's */
    size_t settled_count;
    char **texts; /* of contacts and checks */
    size_t text_count;
};

void trust_init(struct trusted *trust);
void trust_release(struct trusted *trust);

/* Before the fold. An act that is there already is not added again: then false. The payload gets a
 * further reference. */
bool trust_add(struct trusted *trust, const struct diract *act);
/* Texts are copied. */
void trust_add_contact(struct trusted *trust, const struct trust_contact *contact);
void trust_add_check(struct trusted *trust, const struct trust_check *check);

/* Works out the rest, anew each time. */
void trust_fold(struct trusted *trust);

/*
 * Why a card of that post is passed over, an N_() phrase; NULL: nothing stands against it. Its key
 * is another post's, or another State's; its id begins as another post's does, whose cases it would
 * then have opened; or it was not compared, and the directory has another key of the post.
 */
const char *trust_against_card(const struct trusted *trust, const struct trust_contact *card);

/* ---- looking ---- */

/* By enum trust: what machines read, and a word or two for people. */
extern const struct code trust_codes[];

/* The act of that id, or whose id begins so; NULL: it is not here. */
const struct trust_act *trust_act_of(const struct trusted *trust, const uint8_t id[ACT_ID_SIZE]);
const struct trust_act *trust_act_at(const struct trusted *trust, const uint8_t start[16]);

/* Was the key put in the place of another one that did not sign it, and that we relied on? */
bool trust_key_changed(const struct trusted *trust, size_t key);

const struct trust_post *trust_post_of(const struct trusted *trust, const uint8_t id[POST_ID]);
const struct trust_state *trust_state_of(const struct trusted *trust, const char *state);

/* The post that somebody means by its code, its whole name, or its id in hex; the one whose id
 * begins so, which opened a case. NULL: there is none, or more than one. */
const struct trust_post *trust_post_named(const struct trusted *trust, const char *name);
const struct trust_post *trust_post_opening(const struct trusted *trust,
                                            const uint8_t opener[OPENER]);

/* What a State, or a directorate of it, said last of its focal point, and of its list of offices,
 * which is whole; NULL: nothing that counts. */
const struct trust_act *trust_focal_of(const struct trusted *trust, const char *state);
const struct trust_act *trust_list_of(const struct trusted *trust, const char *state);

/* The version that we have whole, which our acts cite; NULL: none. The newest that is known. */
const struct trust_version *trust_version_now(const struct trusted *trust);
const struct trust_version *trust_version_newest(const struct trusted *trust);
const struct trust_version *trust_version_numbered(const struct trusted *trust, uint64_t version);

/*
 * Who may have signed a dispatch of that author, where it does not say: the nth key (from 0), and
 * the root under which; of the directory, or of a case. False after the last.
 */
bool trust_signer(const struct trusted *trust, const uint8_t author[POST_ID], bool directory,
                  unsigned nth, uint8_t signer[TRUST_KEY], uint8_t root[ROOT_SIZE]);

/*
 * The nth key (from 0) by which a post acknowledges what came: none that was revoked, for who has
 * it could keep the others from sending again, and none that is worth less than the one in use.
 */
bool trust_receipt_signer(const struct trusted *trust, const uint8_t post[POST_ID], unsigned nth,
                          uint8_t signer[TRUST_KEY]);

/* ---- judging the dispatches of a case ---- */

struct dispatch_facts {
    uint8_t id[ACT_ID_SIZE];
    uint8_t signer[TRUST_KEY];
    uint8_t author[POST_ID];
    uint8_t case_id[CASE_NUMBER];
    uint64_t incarnation, sequence;
    uint8_t prev[16];
    struct instant at;
    uint64_t directory; /* that it cites; 0: none */
    uint8_t directory_hash[DIRECTORY_HASH];
    uint8_t (*refers)[ACT_ID_SIZE]; /* to these; trust_refer() */
    size_t refer_count;

    /* ---- the verdict ---- */
    enum trust trust;
    char state[STATE_SIZE]; /* of the author; "" unknown, or the Secretariat */
    bool secretariat;
    const char *why; /* N_(): of what is quarantined or unknown; else NULL */
};

/*
 * Sets what each dispatch refers to: the acts that its payload names, and those that a correction
 * names in what it says anew. The facts are those of the dispatches, one by one; of kind ACT_NONE
 * it is none that can be read. The caller frees each one's `refers`.
 */
void trust_refer(struct dispatch_facts *facts, const struct dispatch *list, size_t count);

/* Sets the verdict on each dispatch of one case, of all its authors: links and references are
 * looked for among them. */
void trust_judge(const struct trusted *trust, struct dispatch_facts *list, size_t count);

/* Before trust_cite(): somebody settled that this version with this hash, cited by others, is none
 * of the network's. */
void trust_settle(struct trusted *trust, uint64_t version, const uint8_t hash[DIRECTORY_HASH]);

/* Takes note of what a judged dispatch cites, where that is another directory than ours. */
void trust_cite(struct trusted *trust, const struct dispatch_facts *dispatch);

/* ---- what follows ---- */

/* Is the version that we have over? */
bool trust_is_expired(const struct trusted *trust, struct date today);

/* Do notes stop, until the directory is the same for all? A line for each reason. */
bool trust_blocks_notes(const struct trusted *trust, struct buf *reasons);

enum trust_need {
    TRUST_NEEDS_NOTHING,
    TRUST_NEEDS_CARE,  /* a warning */
    TRUST_NEEDS_CHECK, /* identity goes only after a telephone check and the head of post's word */
    TRUST_NEEDS_KEYS,  /* to nobody whose key is not at least checked: not at all */
};

/* What identity needs that is to go to that State's posts in a country. A line for each reason. */
enum trust_need trust_identity_needs(const struct trusted *trust, const char *state,
                                     const char *country, struct date today, struct buf *reasons);

/*
 * The posts that get what is for a State (a code of an audience; CODE_SECRETARIAT too) in a case
 * there: its posts in that country (NULL: any), and its directorates. At most `most` of them into
 * `out`; returns how many there are. Our own post is not among them, nor one without any good key.
 */
size_t trust_recipients(const struct trusted *trust, const char *code, const char *country,
                        const struct trust_post **out, size_t most);

/* Why a post is trusted, or is not, in sentences, each a line; `today` for what has expired. */
void trust_explain(const struct trusted *trust, const struct trust_post *post, struct date today,
                   struct buf *out);

/* The same of a State's key. */
void trust_explain_state(const struct trusted *trust, const struct trust_state *state,
                         struct date today, struct buf *out);

/* The lines of a State's list as of that act, which counts: an object by their names, a new
 * reference. */
json_t *trust_offices(const struct trusted *trust, const struct trust_act *act);

/* What an act of the directory says, in one line. */
void trust_say(const struct trusted *trust, const struct trust_act *act, struct buf *out);

/* "Embassy, Abu Dhabi": an office with its city, which many are called by already. */
void trust_say_office(const char *name, const char *city, struct buf *out);

/* "HNAUH, Consulate of Honduras, Abu Dhabi"; of an id that nobody has, its first digits. */
void trust_name_post(const struct trusted *trust, const uint8_t id[POST_ID], struct buf *out);

#endif
