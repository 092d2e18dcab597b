/* SPDX-License-Identifier: MIT */
/*
 * What the screen of a case says is next, as things take another way than hoped: a case stays on
 * the screen while commands record in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "amparo/base/instant.h"
#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/post.h"

#define SAID(from_) "'transcribed':{'from':'" from_ "','channel':'email','on':'@TODAY'}"
#define REQUESTED(state_)                                                                          \
    "{'kind':'REQ','direction':'out','to':{'state':'" state_ "','office':'Embassy',"               \
    "'city':'Cairo'},'date':'@TODAY','at':'@NOW','scope':'x'}"

struct turn {
    const char *act, *payload; /* ' for ", @TODAY, @NOW, @REQ */
    const char *next;          /* what the case then says is next */
};

/* The side that asks: nobody offers at first; who is chosen then declines the note. */
static const struct turn asking[] = {
    {"person",
     "{'person':1,'surname_1':'MEJÍA','given_names':'José',"
     "'nationalities':[{'state':'HN','proof':'passport'}]}",
     "Next: record where the person is"},
    {"situation", "{'locality':'Luxor'}", "Next: record what happened"},
    {"ground", "{'person':1,'code':'G4','perpetrator':'none','facts':'x'}",
     "Next: record what is needed"},
    {"need", "{'need':'medical','urgency':'now'}", "Next: ask for consent to a poll"},
    {"consent",
     "{'person':1,'purpose':'P3','to':'focal points','given_by':'self','form':'oral',"
     "'on':'@TODAY'}",
     "Next: decide whether the mechanism applies"},
    {"decide", "{'decision':'applies','reason':'x'}", "Next: tell the Secretariat of the poll"},
    {"notify", "{'event':'poll'}", "Next: ask the focal points"},
    {"poll", "{'round':1,'to':['MX','PA'],'reply_by':'@TODAY'}", "Next: write down the replies"},
    {"decline", "{'state':'MX','stage':'poll','round':1," SAID("Mexico") "}",
     "Next: write down the replies"},
    {"decline", "{'state':'PA','stage':'poll','round':1," SAID("Panama") "}",
     "Next: nobody offers: ask again"},
    {"poll", "{'round':2,'to':['MX','CA'],'reply_by':'@TODAY'}", "Next: write down the replies"},
    {"reply",
     "{'state':'MX','round':2,'legal':'yes','material':'yes','offer':true,"
     "'services':['medical']," SAID("Mexico") "}",
     "Next: write down the replies"},
    {"reply",
     "{'state':'CA','round':2,'legal':'yes','material':'yes','offer':true,"
     "'services':['medical']," SAID("Canada") "}",
     "Next: choose whom to approach"},
    {"choose", "{'state':'MX','reason':'x'}", "Next: ask for consent to name the person there"},
    {"consent",
     "{'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'oral','on':'@TODAY'}",
     "Next: record the capital's authorisation"},
    {"authorise", "{'what':'request','by':'x','reference':'y','on':'@TODAY'}",
     "Next: request the assistance by note"},
    {"notify", "{'event':'request'}", "Next: request the assistance by note"},
    {"note", REQUESTED("MX"), "Next: record the acceptance"},
    {"decline", "{'state':'MX','stage':'note','note':'@REQ'," SAID("Mexico") "}",
     "Next: choose whom to approach"},
    {"choose", "{'state':'CA','reason':'x'}", "Next: ask for consent to name the person there"},
};

/* The side that helps: the request is taken back. */
static const struct turn helping[] = {
    {"poll", "{'round':1,'to':['MX'],'reply_by':'@TODAY'," SAID("Honduras") "}",
     "Next: answer the poll"},
    {"reply",
     "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,'services':['legal']}",
     "Next: record who needs help"},
    {"person",
     "{'person':1,'surname_1':'MEJÍA','given_names':'José',"
     "'nationalities':[{'state':'HN','proof':'passport'}]}",
     "Next: record the request when its note comes in"},
    {"note",
     "{'kind':'REQ','direction':'in','from':{'state':'HN','office':'Directorate',"
     "'city':'Tegucigalpa'},'date':'@TODAY','at':'@NOW','number':'4/2026'," SAID("Honduras") "}",
     "Next: answer the request"},
    {"withdraw", "{'note':'@REQ','at':'@NOW','reason':'x'," SAID("Honduras") "}",
     "Next: their request has ended: give back or destroy"},
    {"data_return", "{'state':'HN','asked_on':'@TODAY','form':'destroyed'}",
     "Next: their request has ended: close the case"},
};

/* The payload as JSON; the caller frees it. */
static char *filled(const char *text, const char *request)
{
    struct buf out = BUF_INIT;
    char now[INSTANT_SIZE];
    time_t t = time(NULL);
    struct tm tm;

    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%S+00:00", gmtime_r(&t, &tm));
    for (; *text; text++) {
        if (strncmp(text, "@TODAY", 6) == 0) {
            buf_add(&out, now, 10);
            text += 5;
        } else if (strncmp(text, "@NOW", 4) == 0) {
            buf_adds(&out, now);
            text += 3;
        } else if (strncmp(text, "@REQ", 4) == 0) {
            buf_adds(&out, request);
            text += 3;
        } else {
            buf_addc(&out, *text == '\'' ? '"' : *text);
        }
    }
    buf_addc(&out, '\0');
    return buf_detach(&out);
}

/* Recorded by a command; `id` takes the act's. */
static void record(const struct test_post *post, const char *where, const char *act,
                   const char *payload, char id[80])
{
    struct buf out = BUF_INIT;
    const char *const argv[] = {"record", post->file, where, act, "-", NULL};

    if (post_run(post, payload, &out, argv) != 0)
        fail_msg("%s was not recorded: %s", act, payload);
    snprintf(id, 80, "%s", buf_text(&out) + strcspn(buf_text(&out), " ") + 1);
    id[strcspn(id, "\n")] = '\0';
    buf_release(&out);
}

static void play(const struct post_like *like, const char *open, const struct turn *turns,
                 size_t count)
{
    struct test_post post;
    char id[80], reference[40], request[80] = "";
    time_t now = time(NULL);

    post_make_as(&post, like);
    record(&post, "new", "open", open, id);
    snprintf(reference, sizeof reference, "%s-%d-0001", like->code, gmtime(&now)->tm_year + 1900);
    struct child *child = post_start(&post, NULL);
    post_unlock(child);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    for (size_t i = 0; i < count; i++) {
        char *payload = filled(turns[i].payload, request);
        record(&post, reference, turns[i].act, payload, id);
        if (strstr(payload, "\"REQ\""))
            memcpy(request, id, sizeof request);
        child_press(child, CTRL('L'));
        expect_text(child, turns[i].next);
        free(payload);
    }
    for (int i = 0; i < 4 && !child_has_ended(child); i++)
        child_press(child, PRESS_F12);
    expect_exit(child, 0);
    child_free(child);
    post_release(&post);
}

static void test_of_the_side_that_asks(void **state)
{
    static const struct post_like like = {
        "HN",          "HNDIR",       "Consular Directorate",        "HN",
        "Tegucigalpa", "directorate", {"CA", "HN", "MX", "PA", "US"}};

    (void)state;
    play(&like,
         "{\"role\":\"requesting\",\"receiving_state\":\"EG\",\"priority\":\"urgent\","
         "\"source\":\"phone\"}",
         asking, ARRAY_SIZE(asking));
}

static void test_of_the_side_that_helps(void **state)
{
    static const struct post_like like = {"MX",    "MXCAI",     "Embassy",   "EG",
                                          "Cairo", "consulate", {"HN", "MX"}};

    (void)state;
    play(&like,
         "{\"role\":\"assisting\",\"receiving_state\":\"EG\",\"requesting_state\":\"HN\","
         "\"priority\":\"urgent\",\"source\":\"capital\"}",
         helping, ARRAY_SIZE(helping));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_the_side_that_asks),
        cmocka_unit_test(test_of_the_side_that_helps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
