/* SPDX-License-Identifier: MIT */
/*
 * The tables of commands of all screens, held against each other (keyboard.md, rules 7, 8 and 11):
 * a key means one thing, a thing has one key, what cannot be taken back has a capital letter.
 */
#include "kit.h"

#include <ctype.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/tui/formcommands.h"
#include "amparo/tui/keymap.h"
#include "amparo/tui/records.h"
#include "amparo/tui/screentypes.h"

enum { WORDS = 14 };

/* What a command is called: by its word in the line of keys, else as its help begins. */
static bool is_called(const struct command *c, const char *word)
{
    return c->label ? strcmp(c->label, word) == 0 : strncmp(c->help, word, strlen(word)) == 0;
}

static const char *name_of(const struct command *c)
{
    return c->label ? c->label : c->help;
}

/* ---- letters ---- */

/* What a letter means wherever it stands, in the words of the screens. */
static const struct meaning {
    const char *letter;
    const char *words[WORDS];
} meanings[] = {
    {"b", {"register", "Shows the register"}},
    {"c", {"correct", "change"}}, /* say anew what was said */
    {"d", {"directory"}},
    {"e", {"events", "event"}},
    {"h", {"check paper"}},
    {"j", {"tasks"}},
    {"k", {"cost"}},
    {"l", {"language", "Makes the report in another language."}},
    {"n", {"new", "another", "people", "help", "new round", "new holiday"}}, /* one more of these */
    {"o", {"open", "other case", "open case"}},
    {"p", {"print"}},
    {"s", {"same", "same?"}},
    {"t", {"Secretariat", "Tells the Technical Secretariat."}},
    {"w", {"Shows who got what", "what went out"}},
    {"x", {"does not", "declines"}},                /* no */
    {"y", {"as usual", "usual name", "take back"}}, /* as if nothing had been said */
    {"$", {"costs"}},
    {"q", {"back"}},
};

/* Letters that mean something else on one screen, and why. */
static const struct exception {
    const char *screen, *letter, *word, *why;
} exceptions[] = {
    {"both", "b", "both", "mine, theirs, both: the three answers of one question"},
    {"both", "m", "mine", "the same"},
    {"both", "t", "theirs", "the same"},
    {"case", "v", "conversation", "stands alone: what both sides said to each other"},
    {"cases", "c", "counts", "stands alone: no list is corrected"},
    {"cases", "m", "Marks the case", "the mark, as in file managers"},
    {"cases", " ", "mark", "the same"},
    {"cases", "*", "mark all", "the same"},
    {"cases", "u", "unmark", "the same"},
    {"cases", "s", "sort", "stands alone"},
    {"cases", "v", "views", "stands alone"},
    {"cases", "w", "save view", "stands alone"},
    {"cases", "x", "with these", "does something with what is marked"},
    {"case", "a", "all acts", "stands alone: of all things to do in a case the most common"},
    {"case", "t", "as of a day", "the time machine; the Secretariat is told from poll and notes"},
    {"case", "z", "Closes the case", "looks at what stands against it; Z there closes"},
    {"directory", "f", "for whom", "stands alone"},
    {"directory", "i", "take a list in", "what came from elsewhere, as a note that came in"},
    {"directory", "l", "our list", "no document is shown there that had another language"},
    {"directory", "m", "members only", "stands alone"},
    {"eligibility", "a", "applies", "decisions a, x, m: the answers of one question"},
    {"eligibility", "m", "more facts", "the same"},
    {"eligibility", "e", "determine", "stands alone; no event is opened from there"},
    {"help-log", "f", "first contact", "stands alone"},
    {"help-log", "s", "countersign", "a signature; persons are not compared there"},
    {"inbox", "a", "respond", "the form that the line asks for, as a has all acts in a case"},
    {"inbox", "m", "its case", "stands alone"},
    {"inbox", "i", "receive", "what came in, as on the notes of a case"},
    {"letter", "a", "respond", "as in the inbox"},
    {"letter", "m", "its case", "the same"},
    {"letter", "t", "trust", "as on the first screen"},
    {"letter", "v", "conversation", "as in a case"},
    {"make-root", " ", "mark", "the mark, as in the case list"},
    {"meetings", "s", "statistics", "stands alone"},
    {"notes", "e", "delivery", "the envelope of the note; no event is opened from there"},
    {"notes", "h", "Records an authorisation", "stands alone"},
    {"notes", "i", "came in", "stands alone"},
    {"notes", "o", "original", "the paper original of a note: nothing else opens there"},
    {"notes", "s", "acceptance", "the other State's signature"},
    {"offices", "y", "right today", "yes, all of it is right; it takes nothing back"},
    {"outbox", "i", "receive", "the same"},
    {"outbox", "r", "again", "stands alone"},
    {"outbox", "s", "to this post", "stands alone"},
    {"owed", "g", "budget", "stands alone"},
    {"costs", "y", "refund", "the advance is paid back"},
    {"persons", "d", "documents", "of the person; missions are not looked up there"},
    {"persons", "g", "group", "stands alone"},
    {"persons", "m", "minor", "stands alone"},
    {"talk", "d", "dossier", "the conversation as a file; no directory is asked for there"},
    {"persons", "o", "consent", "stands alone; Enter opens the person"},
    {"persons", "r", "refer", "stands alone"},
    {"persons", "u", "unlink", "a link can be made anew"},
    {"persons", "w", "withdraws", "a person's own word, that holds at once and can be given again"},
    {"poll", "c", "choose", "the choice of Art. 5 as the wireframes have it"},
    {"poll", "r", "reply", "stands alone"},
    {"post", "r", "again", "as in the outbox"},
    {"pouch-codes", " ", "Shows the next code", "as of a document"},
    {"pouch-codes", "t", "as text", "the same pouch as text, which needs no room"},
    {"pouch-text", "o", "to a file", "out of the program, as of a document"},
    {"preview", "n", "next", "of what is searched, as after / everywhere else in the world"},
    {"preview", "o", "to a file", "out of the program"},
    {"preview", "=", "to page", "jumps, as to a section of a form"},
    {"preview", "+", "page", "of the paper; F8 is the next document"},
    {"preview", "-", "Goes to the page before", "the same"},
    {"preview", " ", "Goes on by a screen", "the same"},
    {"print", "c", "copies", "how many; nothing is corrected there"},
    {"report", "a", "age", "what is left out of the report, by its first letter"},
    {"report", "k", "count", "the same"},
    {"report", "t", "lessons", "the same"},
    {"report", "w", "where", "the same"},
    {"report", "y", "nationality", "the same; n is a new one everywhere"},
    {"talk", "a", "respond", "as in the inbox"},
    {"revoke", " ", "mark", "the mark, as in the case list"},
    {"today", "g", "settings", "stands alone"},
    {"today", "k", "our keys", "no cost is recorded from there"},
    {"today", "r", "reports", "stands alone"},
    {"today", "t", "trust", "nobody is told anything from there"},
    {"today", "u", "unfinished", "stands alone"},
    {"today", "i", "inbox", "what came in, as on the notes of a case"},
    {"today", "o", "outbox", "beside i; Enter opens the line"},
};

/* What cannot be taken back, or throws away: with Shift, and then a typed word. */
static const struct {
    const char *screen, *letter, *word;
} grave[] = {
    {"closing", "Z", "close"},     {"meetings", "X", "cancel"},  {"notes", "V", "annul"},
    {"notes", "W", "withdraw"},    {"offices", "X", "take out"}, {"persons", "E", "erase"},
    {"persons", "L", "lift lock"}, {"refusal", "N", "override"}, {"resume", "X", "throw away"},
    {"revoke", "X", "revoke"},
};

static bool usual[ARRAY_SIZE(meanings)][WORDS], excepted[ARRAY_SIZE(exceptions)],
    met[ARRAY_SIZE(grave)];

static bool is_usual(const struct command *c)
{
    for (size_t i = 0; i < ARRAY_SIZE(meanings); i++)
        for (size_t w = 0; w < WORDS && meanings[i].words[w]; w++)
            if (strcmp(meanings[i].letter, c->letter) == 0 && is_called(c, meanings[i].words[w]))
                return usual[i][w] = true;
    return false;
}

static bool is_excepted(const char *screen, const struct command *c)
{
    for (size_t i = 0; i < ARRAY_SIZE(exceptions); i++) {
        const struct exception *e = &exceptions[i];
        if (strcmp(e->screen, screen) == 0 && strcmp(e->letter, c->letter) == 0 &&
            is_called(c, e->word))
            return excepted[i] = true;
    }
    return false;
}

static bool is_grave(const char *screen, const struct command *c)
{
    for (size_t i = 0; i < ARRAY_SIZE(grave); i++)
        if (strcmp(grave[i].screen, screen) == 0 && strcmp(grave[i].letter, c->letter) == 0 &&
            is_called(c, grave[i].word))
            return met[i] = true;
    return false;
}

static void a_letter_means_one_thing(void **state)
{
    (void)state;
    for (const struct screen_type *const *type = screen_types; *type; type++)
        for (const struct command *c = (*type)->commands; c->run; c++) {
            const char *screen = (*type)->name;
            if (!c->letter || key_meaning(c->key))
                continue;
            bool capital = isupper((unsigned char)*c->letter);
            if (capital ? !is_grave(screen, c) : !is_usual(c) && !is_excepted(screen, c))
                fail_msg("%s: %s (%s) is in no list of this test", screen, c->letter, name_of(c));
        }
    /* Neither list has more than there is. */
    for (size_t i = 0; i < ARRAY_SIZE(meanings) - 1; i++)
        for (size_t w = 0; w < WORDS && meanings[i].words[w]; w++)
            if (!usual[i][w])
                fail_msg("%s (%s) is nowhere", meanings[i].letter, meanings[i].words[w]);
    for (size_t i = 0; i < ARRAY_SIZE(exceptions); i++)
        if (!excepted[i])
            fail_msg("%s: %s (%s) is not there", exceptions[i].screen, exceptions[i].letter,
                     exceptions[i].word);
    for (size_t i = 0; i < ARRAY_SIZE(grave); i++)
        if (!met[i])
            fail_msg("%s: %s (%s) is not there", grave[i].screen, grave[i].letter, grave[i].word);
}

/* The same word is on the same letter wherever it is on one. */
static void a_word_has_one_letter(void **state)
{
    (void)state;
    for (const struct screen_type *const *one = screen_types; *one; one++)
        for (const struct command *c = (*one)->commands; c->run; c++)
            for (const struct screen_type *const *other = one; *other; other++)
                for (const struct command *d = (*other)->commands; d->run; d++)
                    if (c->label && d->label && c->letter && d->letter &&
                        strcmp(c->label, d->label) == 0 && strcmp(c->letter, d->letter) != 0)
                        fail_msg("%s is %s on %s, and %s on %s", c->label, c->letter, (*one)->name,
                                 d->letter, (*other)->name);
}

/* ---- F-keys ---- */

static const struct {
    enum term_key key;
    const char *words[WORDS];
} f_keys[] = {
    {TK_F(1), {"help"}},
    {TK_F(2),
     {"done", "record", "take over", "take in", "somebody else", "Takes what was typed.",
      "Takes the line with the mark.", "Opens the case file.", "go on", "make it", "send", "sent",
      "write"}},
    {TK_F(3), {"find", "search", "other country", "likely"}},
    {TK_F(4),
     {"choices", "conditions", "year", "words", "another file"}}, /* of lists, of passphrases */
    {TK_F(5), {"as last time"}},
    {TK_F(6),
     {"next section", "next stage", "next part", "sent, received", "carried", "show", "other route",
      "light, dark"}},
    {TK_F(7),
     {"before", "case before", "sheet before", "Shows the person of the case before this one."}},
    {TK_F(8), {"after", "next person"}},
    {TK_F(9), {"note"}},
    {TK_CANCEL, {"back", "Leaves the sheets, after a question."}},
};

static bool is_right(const struct command *c)
{
    for (size_t i = 0; i < ARRAY_SIZE(f_keys); i++)
        for (size_t w = 0; w < WORDS && f_keys[i].words[w]; w++)
            if (f_keys[i].key == c->key && is_called(c, f_keys[i].words[w]))
                return true;
    return false;
}

static void check_f_keys(const char *where, const struct command *commands)
{
    for (const struct command *c = commands; c->run; c++) {
        bool f_key = (c->key >= TK_F1 && c->key <= TK_F11) || c->key == TK_CANCEL;
        const struct key_meaning *m = key_meaning(c->key);
        if (f_key && !m)
            fail_msg("%s: %s needs a key that keymap.c does not have", where, name_of(c));
        if (f_key && !is_right(c))
            fail_msg("%s: %s is not what %s means", where, name_of(c), m->name);
        if (m && c->letter && strcmp(c->letter, m->letter) != 0)
            fail_msg("%s: %s has %s for its letter, not %s", where, name_of(c), c->letter,
                     m->letter);
    }
}

static void an_f_key_means_one_thing(void **state)
{
    (void)state;
    for (const struct screen_type *const *type = screen_types; *type; type++)
        check_f_keys((*type)->name, (*type)->commands);
    check_f_keys("every form", form_commands);
    check_f_keys("every record", record_commands);
    check_f_keys("every screen", screen_commands);
    for (const struct key_meaning *m = keymap; m->name; m++) {
        assert_true(m->key != TK_F(10) && m->key != TK_F(11));
        assert_int_equal(m->twin[strlen("Esc-")] - '0', (m->key - TK_F1 + 1) % 12);
        for (size_t i = 0; i < ARRAY_SIZE(meanings) - 1; i++) /* its letter is no other's */
            assert_string_not_equal(meanings[i].letter, m->letter);
    }
}

/* ---- within one screen ---- */

static bool collide(const struct command *c, const struct command *d)
{
    const struct key_meaning *m = key_meaning(c->key), *n = key_meaning(d->key);
    const char *one = c->letter ? c->letter : m ? m->letter : NULL;
    const char *other = d->letter ? d->letter : n ? n->letter : NULL;
    return (c->key && c->key == d->key) || (one && other && strcmp(one, other) == 0);
}

/* What a screen has itself stands before what every screen has: F7 of an act is its own. */
static void no_two_commands_share_a_key(void **state)
{
    (void)state;
    for (const struct screen_type *const *type = screen_types; *type; type++)
        for (const struct command *c = (*type)->commands; c->run; c++) {
            for (const struct command *d = c + 1; d->run; d++)
                if (collide(c, d))
                    fail_msg("%s: %s and %s", (*type)->name, name_of(c), name_of(d));
            for (const struct command *d = screen_commands; d->run; d++)
                if (collide(c, d) && c->key != TK_CANCEL) /* it may ask before one leaves */
                    fail_msg("%s: %s hides %s", (*type)->name, name_of(c), name_of(d));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_means_one_thing),
        cmocka_unit_test(a_word_has_one_letter),
        cmocka_unit_test(an_f_key_means_one_thing),
        cmocka_unit_test(no_two_commands_share_a_key),
    };
    return cmocka_run_group_tests_name("keymap", tests, NULL, NULL);
}
