/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=keys: a whole case by keys (tests/tui/scenario.h). Every key pressed, those that
 * move and confirm among them, over the characters of information: those typed into fields; and
 * (.recorded) those that the fields of its acts then hold, by choices, defaults and a passport's
 * lines.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "tests/bench/figure.h"
#include "tests/tui/post.h"
#include "tests/tui/scenario.h"

static size_t typed(const struct player *player)
{
    size_t sum = 0;

    for (size_t i = 0; i < player->left_count; i++)
        sum += text_clusters(player->left[i].field->typed);
    return sum;
}

/* Ids of acts are no information: nobody would type them. */
static bool is_id(const char *text)
{
    enum { ID = 64 };

    return strlen(text) == ID && strspn(text, "0123456789abcdef") == ID;
}

static size_t held(json_t *value)
{
    size_t sum = 0, i;
    const char *key;
    json_t *one;

    if (json_is_string(value))
        return is_id(json_string_value(value)) ? 0 : text_clusters(json_string_value(value));
    if (json_is_integer(value) || json_is_boolean(value))
        return 1;
    json_array_foreach(value, i, one)
    {
        sum += held(one);
    }
    json_object_foreach(value, key, one)
    {
        sum += held(one);
    }
    return sum;
}

static size_t recorded(const struct test_post *post)
{
    time_t now = time(NULL);
    char *reference = xasprintf("HNTGU-%d-0001", gmtime(&now)->tm_year + 1900);
    json_t *acts = post_acts(post, reference), *act;
    size_t sum = 0, i;

    json_array_foreach(acts, i, act)
    {
        sum += held(json_object_get(act, "payload"));
    }
    json_decref(acts);
    free(reference);
    return sum;
}

int main(void)
{
    struct test_post post;
    struct player player = {0};

    post_make(&post);
    player.child = post_start(&post, NULL);
    post_unlock(player.child);
    scenario_play(&player);
    play_press(&player, PRESS_F12);
    if (child_wait(player.child) != 0)
        errx(1, "the program did not end well");
    child_free(player.child);
    size_t in_fields = typed(&player), in_acts = recorded(&post);
    if (!in_fields || !in_acts)
        errx(1, "nothing was recorded");
    figure("keys.per_char", (double)player.keys / (double)in_fields, "x");
    figure("keys.per_char.recorded", (double)player.keys / (double)in_acts, "x");
    post_release(&post);
    return 0;
}
