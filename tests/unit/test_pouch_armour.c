/* SPDX-License-Identifier: MIT */
/* Armour through what mail programs and people do to a text. */
#include "route_kit.h"

#include <ctype.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/armour.h"

static void test_looks_as_the_manual_says(void **state)
{
    struct buf out = BUF_INIT, pouch = BUF_INIT;
    char name[POUCH_NAME_SIZE];
    (void)state;

    armour_put(&out, "pch\1 any bytes \xff\xfe\xfd", 18);
    assert_string_equal(buf_text(&out), "[BEGIN-AMPARO-POUCH]\n"
                                        "cGNoASBhbnkgYnl0ZXMg__79\n"
                                        "[END-AMPARO-POUCH:21c537412def]\n");
    buf_clear(&out);
    kit_pouch(&pouch, 500, 1);
    armour_put(&out, pouch.data, pouch.size);
    pouch_name(pouch.data, pouch.size, name);
    size_t lines = 0;
    for (const char *line = out.data, *end; (end = strchr(line, '\n')); line = end + 1, lines++)
        assert_true(end - line <= ARMOUR_COLUMNS);
    assert_int_equal(lines, 13); /* a screen has room for it */
    assert_non_null(strstr(out.data, name));
    buf_release(&pouch);
    buf_release(&out);
}

/* ---- what is done to it: each appends to `out` ---- */

static void as_it_is(struct buf *out, const char *text)
{
    buf_adds(out, text);
}

static void with_crlf(struct buf *out, const char *text)
{
    kit_replace(out, text, "\n", "\r\n");
}

static void with_cr_alone(struct buf *out, const char *text)
{
    kit_replace(out, text, "\n", "\r");
}

static void before_every_line(struct buf *out, const char *text, const char *what)
{
    for (const char *end; (end = strchr(text, '\n')); text = end + 1)
        buf_addf(out, "%s%.*s\n", what, (int)(end - text), text);
}

static void quoted(struct buf *out, const char *text)
{
    before_every_line(out, text, "> ");
}

static void quoted_deep(struct buf *out, const char *text)
{
    before_every_line(out, text, ">> > | >>");
}

static void quoted_with_initials(struct buf *out, const char *text)
{
    before_every_line(out, text, "> MLC> x> ");
}

static void indented(struct buf *out, const char *text)
{
    struct buf half = BUF_INIT;

    before_every_line(&half, text, " \t  ");
    kit_replace(out, buf_text(&half), "\n", " \t \n");
    buf_release(&half);
}

static void double_spaced(struct buf *out, const char *text)
{
    kit_replace(out, text, "\n", "\n\n\n");
}

static void in_one_line(struct buf *out, const char *text)
{
    kit_replace(out, text, "\n", " ");
}

static void in_one_word(struct buf *out, const char *text)
{
    kit_replace(out, text, "\n", "");
}

/* At another width, also inside the marks, with quoting from before in the midst of lines. */
static void wrapped_anew(struct buf *out, const char *text)
{
    struct buf once = BUF_INIT;
    size_t column = 0;

    quoted(&once, text);
    for (size_t i = 0; i < once.size; i++) {
        buf_addc(out, once.data[i] == '\n' ? ' ' : once.data[i]);
        if (++column == 23) {
            buf_adds(out, "\n> ");
            column = 0;
        }
    }
    buf_release(&once);
}

static void quoted_printable(struct buf *out, const char *text)
{
    kit_quoted_printable(out, text, strlen(text), 40);
}

static void html_lines(struct buf *out, const char *text)
{
    buf_adds(out, "<html><head><style>p { margin: 0 }</style></head><body>x &lt; y<p>");
    kit_replace(out, text, "\n", "<br>");
    buf_adds(out, "</p></body></html>\n");
}

static void html_of_a_word_processor(struct buf *out, const char *text)
{
    for (const char *end; (end = strchr(text, '\n')); text = end + 1)
        buf_addf(out,
                 "<p class=\"MsoPlainText\"><span lang=ES\nstyle='mso-ansi-language:ES'>%.*s<o:p>"
                 "</o:p></span>\n<![if !supportLineBreakNewLine]><br>\n<![endif]></p>\n",
                 (int)(end - text), text);
}

static void html_all_entities(struct buf *out, const char *text)
{
    for (size_t i = 0; text[i]; i++) {
        if (isalpha((unsigned char)text[i]))
            buf_addc(out, text[i]);
        else if (text[i] == '\n')
            buf_adds(out, "&nbsp;<br/>\n&gt;&#160;&thinsp;");
        else
            buf_addf(out, i % 2 ? "&#%d;" : "&#x%X;", text[i]);
    }
}

/* Words that were searched for are marked in the page that one saves. */
static void html_with_marked_words(struct buf *out, const char *text)
{
    struct buf half = BUF_INIT;

    kit_replace(&half, text, "AMPARO", "<span class=\"il\">AMPARO</span>");
    kit_replace(out, buf_text(&half), "\n", "<br />");
    buf_release(&half);
}

static void html_in_quoted_printable(struct buf *out, const char *text)
{
    struct buf page = BUF_INIT;

    html_of_a_word_processor(&page, text);
    kit_quoted_printable(out, buf_text(&page), page.size, 76);
    buf_release(&page);
}

static void strange_blanks(struct buf *out, const char *text)
{
    static const char *const blanks[] = {"\xC2\xA0",     "\xE2\x80\x8B", "\xEF\xBB\xBF",
                                         "\xC2\xAD",     "\xE3\x80\x80", "\xA0",
                                         "\xE2\x80\xA8", "=A0",          "=C2=A0"};

    for (size_t i = 0; text[i]; i++) {
        buf_addc(out, text[i]);
        if (i % 7 == 0)
            buf_adds(out, blanks[i / 7 % ARRAY_SIZE(blanks)]);
    }
}

static void utf16(struct buf *out, const char *text)
{
    buf_adds(out, "\xFF\xFE");
    for (; *text; text++)
        buf_add(out, (char[]){*text, '\0'}, 2);
}

static void utf16_other_end(struct buf *out, const char *text)
{
    struct buf page = BUF_INIT;

    html_lines(&page, text);
    buf_adds(out, "\xFE\xFF");
    for (size_t i = 0; i < page.size; i++)
        buf_add(out, (char[]){'\0', page.data[i]}, 2);
    buf_release(&page);
}

static void hyphens_that_do_not_break(struct buf *out, const char *text)
{
    kit_replace(out, text, "-", "\xE2\x80\x91");
}

static void dashes_in_the_old_set(struct buf *out, const char *text)
{
    kit_replace(out, text, "-", "\x96");
}

static void long_dashes(struct buf *out, const char *text)
{
    kit_replace(out, text, "--", "\xE2\x80\x94");
}

static void small_marks(struct buf *out, const char *text)
{
    struct buf half = BUF_INIT;

    kit_replace(&half, text, "[BEGIN-AMPARO-POUCH]", "[Begin-Amparo-Pouch]");
    kit_replace(out, buf_text(&half), "[END-AMPARO-POUCH:", "[ End Amparo Pouch : ");
    buf_release(&half);
}

static void signed_and_escaped(struct buf *out, const char *text)
{
    kit_replace(out, text, "\n-", "\n- -");
}

static void (*const harms[])(struct buf *out, const char *text) = {
    as_it_is,
    with_crlf,
    with_cr_alone,
    quoted,
    quoted_deep,
    quoted_with_initials,
    indented,
    double_spaced,
    in_one_line,
    in_one_word,
    wrapped_anew,
    quoted_printable,
    html_lines,
    html_of_a_word_processor,
    html_all_entities,
    html_with_marked_words,
    html_in_quoted_printable,
    strange_blanks,
    utf16,
    utf16_other_end,
    hyphens_that_do_not_break,
    dashes_in_the_old_set,
    long_dashes,
    small_marks,
    signed_and_escaped,
};

static void test_survives_mail_programs(void **state)
{
    static const size_t sizes[] = {5, 47, 48, 49, 325, 485, 677, 1509};
    (void)state;

    for (size_t s = 0; s < ARRAY_SIZE(sizes); s++)
        for (size_t h = 0; h < ARRAY_SIZE(harms); h++) {
            struct buf pouch = BUF_INIT, text = BUF_INIT, harmed = BUF_INIT;
            struct kept kept = {0};
            kit_pouch(&pouch, sizes[s], (unsigned)h);
            armour_put(&text, pouch.data, pouch.size);
            harms[h](&harmed, buf_text(&text));
            assert_true(armour_find(harmed.data, harmed.size, kept_visit, &kept));
            if (kept.count != 1 || kept.one[0].found.fault)
                print_error("# %zu bytes, harm %zu\n%s\n", sizes[s], h, buf_text(&harmed));
            kit_assert_only(&kept, &pouch, POUCH_ARMOUR);
            kept_release(&kept);
            buf_release(&harmed);
            buf_release(&text);
            buf_release(&pouch);
        }
}

/* ---- several, and what is left of some ---- */

/* Appends the armour of such a pouch, and the pouch to `pouch`. */
static void put(struct buf *text, struct buf *pouch, unsigned seed)
{
    buf_clear(pouch);
    kit_pouch(pouch, 300 + seed, seed);
    armour_put(text, pouch->data, pouch->size);
}

static void test_several_in_one_text(void **state)
{
    enum { MANY = 5 };
    struct buf text = BUF_INIT, pouch[MANY] = {BUF_INIT};
    struct kept kept = {0};
    (void)state;

    for (unsigned i = 0; i < MANY; i++) {
        buf_addf(&text, "On %u December, A. <a@post.example> wrote [see below]: a < b && c\n\n", i);
        put(&text, &pouch[i], i);
        buf_adds(&text, "-- \nA. [BEGIN of a signature]\n");
    }
    assert_true(armour_find(text.data, text.size, kept_visit, &kept));
    assert_int_equal(kept.count, MANY);
    for (unsigned i = 0; i < MANY; i++) {
        assert_int_equal(kept.one[i].bytes.size, pouch[i].size);
        assert_memory_equal(kept.one[i].bytes.data, pouch[i].data, pouch[i].size);
        buf_release(&pouch[i]);
    }
    kept_release(&kept);
    buf_release(&text);
}

static bool only_one(void *ctx, const struct pouch_found *found)
{
    (void)found;
    ++*(int *)ctx;
    return false;
}

static void test_the_visitor_may_end_it(void **state)
{
    struct buf text = BUF_INIT, pouch = BUF_INIT;
    int visits = 0;
    (void)state;

    put(&text, &pouch, 1);
    put(&text, &pouch, 2);
    assert_false(armour_find(text.data, text.size, only_one, &visits));
    assert_int_equal(visits, 1);
    buf_release(&pouch);
    buf_release(&text);
}

/* What the first found is, and how many there are. */
static void check_damage(const char *text, size_t size, size_t count, const char *name,
                         const char *fault)
{
    struct kept kept = {0};

    assert_true(armour_find(text, size, kept_visit, &kept));
    assert_int_equal(kept.count, count);
    assert_string_equal(kept.one[0].found.name, name);
    assert_non_null(strstr(buf_text(&kept.one[0].fault), fault));
    if (count > 1) /* and the next is whole */
        assert_null(kept.one[1].found.fault);
    kept_release(&kept);
}

static void test_says_what_is_wrong(void **state)
{
    struct buf text = BUF_INIT, pouch = BUF_INIT;
    char name[POUCH_NAME_SIZE];
    (void)state;

    put(&text, &pouch, 3);
    pouch_name(pouch.data, pouch.size, name);
    size_t whole = text.size, first = (size_t)(strchr(text.data, '\n') - text.data) + 1;
    put(&text, &pouch, 4);
    check_damage(text.data, whole - 30, 1, "", "its end is missing");
    check_damage(text.data, first, 1, "", "its end is missing");
    check_damage(text.data + 1, whole - 1, 1, name, "its beginning is missing");
    check_damage(text.data, whole - 4, 1, "", "its last line is damaged");
    struct buf other = BUF_INIT;
    buf_add(&other, text.data, first + 100); /* cut off, and the next follows */
    buf_add(&other, text.data + whole, text.size - whole);
    check_damage(other.data, other.size, 2, "", "its end is missing");
    for (size_t i = first; i < whole - 35; i++) { /* one letter changed, or gone */
        if (text.data[i] == '\n')
            continue;
        char was = text.data[i];
        text.data[i] = was == 'x' ? 'y' : 'x';
        check_damage(text.data, text.size, 2, name, "letters of it are missing or changed");
        text.data[i] = ' ';
        check_damage(text.data, text.size, 2, name, "letters of it are missing or changed");
        text.data[i] = was;
    }
    buf_release(&other);
    buf_release(&pouch);
    buf_release(&text);
}

static void test_longer_than_any_pouch(void **state)
{
    struct buf text = BUF_INIT;
    (void)state;

    buf_adds(&text, "[BEGIN-AMPARO-POUCH]");
    for (size_t i = 0; i < 2 * POUCH_MOST; i++)
        buf_addc(&text, 'A');
    check_damage(text.data, text.size, 1, "", "longer than any pouch");
    buf_release(&text);
}

/* What would take hours if a letter were looked at again and again. */
static void test_hostile_texts_take_no_time(void **state)
{
    static const char *const pieces[] = {
        "[",
        "<",
        "<a",
        "[<a",
        "&",
        "&#",
        "=",
        "> ",
        " ",
        "AB>",
        "\xE2\x80",
        "- ",
        "[BEGIN-AMPARO-POUCH]",
        "[BEGIN-AMPARO-POUCH]<a ",
        "[END-AMPARO-POUCH:",
        "\n- AB> -",
    };
    enum { SIZE = 2 << 20 };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
        struct buf text = BUF_INIT;
        int visits = 0;
        buf_adds(&text, "[BEGIN-AMPARO-POUCH]");
        while (text.size < SIZE)
            buf_adds(&text, pieces[i]);
        buf_adds(&text, "[END-AMPARO-POUCH:000000000000]");
        assert_false(armour_find(text.data, text.size, only_one, &visits));
        buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_looks_as_the_manual_says),
        cmocka_unit_test(test_survives_mail_programs),
        cmocka_unit_test(test_several_in_one_text),
        cmocka_unit_test(test_the_visitor_may_end_it),
        cmocka_unit_test(test_says_what_is_wrong),
        cmocka_unit_test(test_longer_than_any_pouch),
        cmocka_unit_test(test_hostile_texts_take_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
