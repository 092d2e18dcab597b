/* SPDX-License-Identifier: MIT */
/*
 * The one field table: every field of every act, with its type, its privacy class, its article and
 * the words people read. Forms, the command line's JSON, prints, search and what may leave the post
 * are made from it; nothing about a field is written twice.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_FIELD_H
#define AMPARO_AGREEMENT_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What may leave the post. A commitment part of an act holds the fields of one class. */
enum field_class {
    CLASS_P0, /* open: nothing personal */
    CLASS_P1, /* identity */
    CLASS_P2, /* sensitive: health, violence, trafficking, asylum, minors' location */
    CLASS_P3, /* never leaves this post */
    CLASS_COUNT,
};

/* "P0" … "P3", as in machine output. */
const char *field_class_name(enum field_class class);

/* The type decides the JSON shape, how a form edits the field and how it is printed. */
enum field_type {
    FIELD_TEXT,         /* string, one line, not blank */
    FIELD_LONG,         /* string, lines */
    FIELD_BOOL,         /* true, false */
    FIELD_NUMBER,       /* integer from 1 */
    FIELD_DATE,         /* string, YYYY-MM-DD */
    FIELD_PARTIAL_DATE, /* string, EDTF subset of fields.md 0 */
    FIELD_INSTANT,      /* string, RFC 3339 with offset */
    FIELD_DEADLINE,     /* string, a date or an instant */
    FIELD_CODE,         /* string, one of codes */
    FIELD_CODES,        /* array of strings, each one of codes */
    FIELD_STATE,        /* string, ISO 3166-1 alpha-2 or XK */
    FIELD_STATES,       /* array of them, without repetition, not empty */
    FIELD_PERSON,       /* integer: a person's number in the case */
    FIELD_PERSONS,      /* array of them, without repetition, not empty */
    FIELD_ACT,          /* string: the id of an act, 64 hex digits */
    FIELD_AMOUNT,       /* string, decimal, not negative */
    FIELD_CURRENCY,     /* string, ISO 4217 */
    FIELD_LANGUAGES,    /* array of strings, ISO 639-1 or 639-3 */
    FIELD_PHONE,        /* string, E.164 shape */
    FIELD_MRZ,          /* string, the lines of a machine-readable zone */
    FIELD_OBJECT,       /* object of members */
    FIELD_OBJECTS,      /* array of objects of members */
    FIELD_PAYLOAD,      /* object: a whole payload of another act (correct) */
    FIELD_TEXTS,        /* array of strings, without repetition, not empty */
    FIELD_TYPE_COUNT,
};

/* "text", "partial_date" … as in machine output. */
const char *field_type_name(enum field_type type);

/*
 * An optional field may also hold {"answer": …} with one of these codes: unknown, declined,
 * not_asked, not_applicable. That is a stored answer and not a blank; gates and facts take the
 * field as absent, and who counts can tell the four apart. OBJECT, OBJECTS and PAYLOAD may not.
 */

/* How the case list finds a case by the field. */
enum field_searched {
    SEARCHED_NOT,
    SEARCHED_WORDS,  /* by the beginnings of its words */
    SEARCHED_NUMBER, /* by its last digits and letters, whatever blanks and dashes stand in it */
};

/* A code of a closed list: what files hold, and what people read. Ends with code NULL. */
struct code {
    const char *code;
    const char *label; /* N_() */
};

/* A member of an object has the class of its field: a part holds whole fields. */
struct field {
    uint16_t id;     /* number in the file and on the wire; never reused; 0 ends */
    const char *key; /* of the JSON payload */
    enum field_type type;
    enum field_class class;
    bool needed;                 /* a payload without it is refused (see also payload.h) */
    const char *article;         /* "7.4", or "" */
    const char *label;           /* N_(): at most 16 cells on a form */
    const char *help;            /* N_(): one line, at most 60 cells: what, why, who sees it */
    const char *paper;           /* N_(): what a paper form says instead; "": nothing; NULL: help */
    const struct code *codes;    /* CODE, CODES */
    const struct field *members; /* OBJECT, OBJECTS */
    uint8_t width;               /* cells on a form; 0: by type */
    enum field_searched searched;
    bool hinted;       /* on paper the label is not understood without the help */
    bool may_be_empty; /* CODES, OBJECTS: the array may have no element */
};

extern const struct code answer_codes[];

/* May the field hold an answer instead of a value? */
bool field_takes_answer(const struct field *field);

/* The field of that key in a table ended by id 0, or NULL. */
const struct field *field_find(const struct field *table, const char *key);

/* The label of a code (not translated), or NULL where the list lacks it. */
const char *code_label(const struct code *codes, const char *code);

#endif
