/* SPDX-License-Identifier: MIT */
/*
 * Five posts with a case between them, each with a file of its own: what they say and after what,
 * and the way on which their pouches are lost, doubled, delayed and shuffled.
 */
#ifndef TESTS_NETWORK_KIT_H
#define TESTS_NETWORK_KIT_H

#include "store_kit.h"

/* The call must not fail; it takes `err`. */
#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct error err_ = ERROR_INIT;                                                            \
        struct error *err = &err_;                                                                 \
        if (!(call))                                                                               \
            fail_msg("%s", error_text(err));                                                       \
        error_release(err);                                                                        \
    } while (0)

enum network_place {
    AT_REQUESTING,
    AT_CAPITAL, /* its directorate */
    AT_FIRST,   /* the post that helps */
    AT_SECOND,  /* another State's, which is asked too */
    AT_SECRETARIAT,
    NETWORK_POSTS,
};

struct network_post {
    const char *state, *code, *name, *country, *city, *kind;
};

/*
 * Said once all before it at that post were said, and `after` is true of the case there: with
 * commas between, each a kind of act, or kind:STATE, note:KIND, kind:2 for two of them, or
 * acked:kind, of one of which a receipt came. Behind a bar stands what counts where the story
 * crosses. An act with a question mark before it is left out where it is refused.
 */
struct network_step {
    enum network_place at;
    const char *act, *payload, *after;
};

struct network_story {
    const char *name;
    const char *receiving;
    struct network_post posts[NETWORK_POSTS];
    const struct network_step *steps; /* ended by one at NETWORK_POSTS */
    bool crosses;                     /* what two say crosses on the way */
};

extern const struct network_story network_stories[];
extern const size_t network_story_count;

struct network {
    const struct network_story *story;
    const char *name; /* of the folder that the files lie in */
    struct store *stores[NETWORK_POSTS];
    const struct network_step *next[NETWORK_POSTS]; /* what each says next; NULL: it has said all */
    char *reference[NETWORK_POSTS];                 /* of the case that it spoke of last, owned */
    struct instant now;
    bool crossed; /* something crossed on the way, as network_digest() saw */
};

/*
 * Makes the five files in that folder, with their keys in a directory that all have; then closed.
 * Afterwards a world begins with copies of them, as often as one likes, and ends with them.
 */
void network_found(const struct network_story *story, const char *folder);
void network_begin(struct network *w, const struct network_story *story, const char *from,
                   const char *folder);
void network_end(struct network *w);
/* The same, and the files stay, for programs; network_path() says where that post's lies. */
void network_close(struct network *w);
const char *network_path(const struct network *w, enum network_place at);

/* Time goes on, for all. */
void network_later(struct network *w, int64_t seconds);

/* The post says what it has to say next, if it can be said by now. False: not yet, or all is said.
 * The test fails where it is refused. */
bool network_say(struct network *w, enum network_place at);
bool network_all_said(const struct network *w);

/* The case there that the story is about: the one that the conversation of the post that asks is
 * about; NULL: none yet. Valid until it is asked again of that place. */
const char *network_case(struct network *w, enum network_place at);

/* Two of the root say that no pouch of an older version is taken any more, and that post hears it.
 */
void network_minimum(struct network *w, enum network_place at, uint64_t version);

/* ---- pouches ---- */

/* Writes into a folder what is due there; the test fails where that cannot be. Adds the paths of
 * the new files to the list. */
struct network_files {
    char **paths;
    unsigned *to; /* for whom each is: 1 << place; of none of the five: 0 */
    size_t count;
};
void network_send(struct network *w, enum network_place from, const char *folder, bool again,
                  bool receipts, struct network_files *out);
void network_files_release(struct network_files *files);

/* Takes these files in there, in that order. What is asked of an officer (is it the case that was
 * opened by hand?) is answered: by yes, or with a case of its own. */
void network_receive(struct network *w, enum network_place at, const char *const *paths,
                     size_t count, bool same_case);

/* A file that was damaged on its way: the test fails where anything is taken from it. */
void network_receive_damaged(struct network *w, enum network_place at, const char *path);

/* ---- what came of it ---- */

/* Nothing that was sent there is without a receipt. */
bool network_is_quiet(struct network *w);
/* What is still to be said, and what has not come to whom. */
void network_tell_waiting(struct network *w);

/* The digest of the conversation as far as `code` may read it, from that file. */
uint64_t network_digest(struct network *w, enum network_place at, const char *code);

/* The test fails unless all is told, everybody has the same conversation and the same of what they
 * may know in their cases, nothing was taken twice, and every file verifies. */
void network_assert_agrees(struct network *w);

#endif
