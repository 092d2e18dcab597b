/* SPDX-License-Identifier: MIT */
/* The help of each field there is fits one screen, also of 40x12, in each language (rule 30). */
#include "kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/article.h"
#include "amparo/agreement/event.h"
#include "amparo/agreement/fields.h"
#include "amparo/agreement/office.h"
#include "amparo/agreement/telcheck.h"
#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/helptext.h"
#include "amparo/tui/screens.h"

static const struct {
    int width;
    size_t rows; /* of the terminal, less the top line and the rule */
} sizes[] = {{80, 22}, {40, 10}};

static void check(const struct act_type *type, const struct field *field)
{
    struct helptext *help = fieldhelp_make(type, field);
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        struct body b = {0};
        helptext_build(help, &b, sizes[i].width);
        if (b.count > sizes[i].rows) {
            for (size_t line = 0; line < b.count; line++)
                print_error("%s\n", b.lines[line].text);
            fail_msg("%s.%s takes %zu rows of %d", type->name, field->key, b.count, sizes[i].width);
        }
        body_release(&b);
    }
    helptext_free(help);
}

static size_t check_all(const struct act_type *type, const struct field *fields)
{
    size_t count = 0;
    for (const struct field *field = fields; field && field->id; field++) {
        bool whole = field->type == FIELD_OBJECT || field->type == FIELD_OBJECTS;
        if (whole)
            count += check_all(type, field->members);
        else if (field->type != FIELD_PAYLOAD) {
            check(type, field);
            count++;
        }
        if (*field->article && !article_gist(field->article))
            fail_msg("%s.%s: nothing is said of Art. %s", type->name, field->key, field->article);
    }
    return count;
}

static void check_language(const char *language)
{
    size_t count = 0;
    locale_start(language);
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));)
        count += check_all(act_type(kind), act_type(kind)->fields);
    count += check_all(&event_line_type, event_line_type.fields);
    count += check_all(&office_type, office_type.fields);
    count += check_all(&telcheck_type, telcheck_type.fields);
    assert_true(count > 300);
}

static void in_english(void **state)
{
    (void)state;
    check_language("en");
}

static void in_spanish(void **state)
{
    (void)state;
    check_language("es");
    assert_string_not_equal(_("Why asked"), "Why asked");
}

static void in_french(void **state)
{
    (void)state;
    check_language("fr");
    assert_string_not_equal(_("Why asked"), "Why asked");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_english),
        cmocka_unit_test(in_spanish),
        cmocka_unit_test(in_french),
    };
    return cmocka_run_group_tests_name("help on fields", tests, NULL, NULL);
}
