/* SPDX-License-Identifier: MIT */
/*
 * What the files of the notes share: one note put together, before it is words. Not for others.
 */
#ifndef AMPARO_PAPER_NOTE_PARTS_H
#define AMPARO_PAPER_NOTE_PARTS_H

#include "amparo/paper/note.h"

enum { PERSONS_MAX = 64 };

enum note_annex {
    ANNEX_NONE,
    ANNEX_PERSONS,  /* particulars of the persons */
    ANNEX_IDENTITY, /* the least of them: who somebody is */
    ANNEX_COSTS,
};

struct note_class {
    const char *kind;
    const char *passage; /* of data/notes */
    bool personal;       /* carries personal data: says so at its head */
    enum note_annex annex;
    enum audience_kind audience;
    const char *body; /* of the Conference, that it goes to, as in paper_body(); NULL: an office */
};

/* The class of a kind, or NULL where there are no words for it. */
const struct note_class *note_class_find(const char *kind);
/* The class of a note whose text was written by hand, of a kind without words. */
extern const struct note_class note_class_other;

struct party {
    const char *state, *office, *city; /* "" where not yet said */
};

struct note {
    const struct paper_source *source;
    const struct note_class *class;
    const struct entry *entry; /* NULL: a draft */
    const json_t *whole;       /* its payload */
    struct audience audience;
    struct party sender, addressee;
    const struct entry *request;    /* the REQ note that it is about, or is; NULL */
    const struct entry *answered;   /* the note that it answers; NULL */
    const struct entry *acceptance; /* of that request; NULL */
    const struct entry *poll;       /* the last one; NULL */
    long persons[PERSONS_MAX];      /* whom it is about; never one under the protection lock */
    size_t person_count;
    /* What the audience may have; owned. */
    json_t *payload, *accepted, *situation, *report;
    json_t *poll_payload; /* of the last poll, or of one being written; NULL */
    bool no_office;       /* 7.3 is met */
    bool women;           /* all of the persons are */
};

/* Finds all that. note_release() ends it. */
void note_put_together(struct note *n, const struct paper_source *source,
                       const struct note_class *class, const struct entry *entry,
                       const json_t *whole, const json_t *poll, const struct audience *audience);
void note_release(struct note *n);

/* Whether the reader is kept from any part of the note's own payload. */
bool note_withholds(const struct note *n);

/* The fields of the templates; their context is a struct note. */
extern const struct template_field note_case_fields[], note_end_fields[], note_cost_fields[];
extern const struct template_field *const note_template_fields[];

#define NOTE_LANGUAGE(n) ((n)->source->language)

/* What somebody wrote, as part of a sentence: on one line, without its own full stop. */
void note_add_words(struct buf *out, const char *text);
/* The day of a date or instant in words; nothing for "". */
void note_add_day(const struct note *n, const char *text, struct buf *out);
/* The text, or a blank to be filled by hand where a draft does not yet say it. */
void note_add_or_gap(struct buf *out, const char *text);

/* Consents of the persons to the addressee. */
struct note_consents {
    const char *purpose;
    const char *key; /* of the act, whose texts are said, each once */
    bool basis;      /* recorded bases instead of consents */
    bool all;        /* nothing at all where a person has neither */
    bool date;       /* they are days */
};
void note_add_consents(const struct note *n, const struct note_consents *what, struct buf *out);

/* The statement of costs, from here down. */
void note_print_costs(struct paper *p, const struct note *n);

/* Appends a line of the list [layout], filled. */
void note_line(const struct note *n, const char *key, struct buf *out);

#endif
