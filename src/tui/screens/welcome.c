/* SPDX-License-Identifier: MIT */
/* Where one begins who has no case file yet: make one, look at the demo, open one that is there. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/screens.h"

enum welcome_row { ROW_MAKE, ROW_DEMO, ROW_OPEN };

#define DEMO_FOLDER "amparo-demo"
#define DEMO_FILE "1-honduras.amparo"

struct welcome {
    pid_t maker; /* of the demo, at work; 0: none */
    int done;    /* at its end this pipe does */
    char *folder;
};

static void build(struct screen *s, int width)
{
    struct body *b = &s->body;
    struct buf text = BUF_INIT;
    if (s->app->path && access(s->app->path, F_OK) == 0)
        buf_addf(&text, _("The case file until now: %s"), s->app->path);
    else if (s->app->path)
        buf_addf(&text, _("There is no case file %s yet."), s->app->path);
    else
        buf_adds(&text, _("No case file was used here before."));
    body_wrap(b, BODY_PLAIN, width, 0, buf_text(&text));
    body_line(b, BODY_PLAIN, "%s", "");
    body_row(b, ROW_MAKE, NULL, "%s", _("Make the case file of a post"));
    body_row(b, ROW_DEMO, NULL, "%s", _("Look at the demo: made-up cases"));
    body_row(b, ROW_OPEN, NULL, "%s", _("Open a case file that is there"));
    body_line(b, BODY_PLAIN, "%s", "");
    body_wrap(b, BODY_DIM, width, 0,
              _("A post keeps its cases in one encrypted file. Nothing is written before the last "
                "step, and Esc goes back from each."));
    buf_release(&text);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)s;
    (void)right;
    buf_adds(where, "amparo");
}

/* ---- a file that is there ---- */

static void open_path(struct app *app, char *path)
{
    free(app->path);
    app->path = path;
    /* Work that was locked is of the file before: its drafts wait there. */
    json_array_clear(app->locked.sealed);
    free(app->locked.officer);
    app->locked.officer = xstrdup("");
    while (app->depth > 1)
        screen_remove(app->screens[0]);
    unlock_push(app);
}

static char *own_folder(const char *name)
{
    const char *home = getenv("HOME");
    return xasprintf("%s/%s", home && *home ? home : ".", name);
}

static void open_named(struct screen *below, const char *answer)
{
    char *path = path_in_full(answer);
    char *whole = realpath(path, NULL);
    if (!whole) {
        app_say(below->app, "%s: %s", path, strerror(errno));
        free(path);
        return;
    }
    free(path);
    open_path(below->app, whole);
}

/* ---- the demo, made by another process of this program ---- */

static _Noreturn void become_maker(const char *folder, int done)
{
    sigset_t none;
    int nothing = open("/dev/null", O_RDWR);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        dup2(nothing, fd);
    fcntl(done, F_SETFD, 0);
    execl("/proc/self/exe", "amparo", "demo", folder, (char *)NULL);
    _exit(127);
}

static void open_demo(struct screen *s)
{
    struct welcome *w = s->state;
    open_path(s->app, xasprintf("%s/%s", w->folder, DEMO_FILE));
}

static bool demo_is_there(const struct welcome *w)
{
    char *path = xasprintf("%s/%s", w->folder, DEMO_FILE);
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

static void demo(struct screen *s)
{
    struct welcome *w = s->state;
    int ends[2];
    if (demo_is_there(w)) {
        open_demo(s);
        return;
    }
    if (pipe2(ends, O_CLOEXEC) != 0) {
        app_say(s->app, "pipe: %s", strerror(errno));
        return;
    }
    w->maker = fork();
    if (w->maker == 0)
        become_maker(w->folder, ends[1]);
    close(ends[1]);
    w->done = ends[0];
    if (w->maker < 0) {
        app_say(s->app, "fork: %s", strerror(errno));
        close(w->done);
        w->maker = 0;
        return;
    }
    app_watch(s->app, w->done);
    app_say(s->app, _("Making the demo in %s. Esc gives it up."), w->folder);
}

/* Its process has come to its end, or is told to: the status of waitpid(). */
static int end_maker(struct welcome *w, bool now)
{
    int status = 0;
    if (now)
        kill(w->maker, SIGTERM);
    waitpid(w->maker, &status, 0);
    close(w->done);
    w->maker = 0;
    return status;
}

static bool busy(const struct screen *s)
{
    return ((const struct welcome *)s->state)->maker != 0;
}

static void ready(struct screen *s)
{
    struct welcome *w = s->state;
    app_watch(s->app, -1);
    if (end_maker(w, false) == 0)
        open_demo(s);
    else
        app_say(s->app, _("The demo could not be made in %s; amparo demo FOLDER says why."),
                w->folder);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct welcome *w = s->state;
    if (!w->maker || event->kind != TERM_KEY)
        return false;
    app_watch(s->app, -1);
    end_maker(w, true);
    app_say(s->app, "%s", _("Given up."));
    return true;
}

/* ---- the rows ---- */

static void open_row(struct screen *s)
{
    switch ((enum welcome_row)body_focused(&s->body)->tag) {
    case ROW_MAKE:
        founding_push(s->app);
        break;
    case ROW_DEMO:
        demo(s);
        break;
    case ROW_OPEN:
        ask_push(s->app, _("Open a case file"), _("Which one? ~/ is your own folder."),
                 s->app->path ? s->app->path : "~/", open_named);
        break;
    }
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL && !busy(s);
}

static void close_state(struct screen *s)
{
    struct welcome *w = s->state;
    if (w->maker)
        end_maker(w, true);
    free(w->folder);
    free(w);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("go on"), N_("Does what this line says."), open_row, on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(open_named), ANSWERS_END};

const struct screen_type welcome_type = {
    .name = "welcome",
    .answers = answers,
    .title = N_("A beginning"),
    .about = N_("amparo takes an officer through consular assistance for migrants under the draft "
                "agreement of the Regional Conference on Migration. Each post has a case file of "
                "its own."),
    .commands = commands,
    .build = build,
    .head = head,
    .event = event,
    .busy = busy,
    .ready = ready,
    .close = close_state,
};

void welcome_push(struct app *app)
{
    struct welcome *w = xcalloc(1, sizeof *w);
    w->folder = own_folder(DEMO_FOLDER);
    screen_push(app, &welcome_type, w);
}
