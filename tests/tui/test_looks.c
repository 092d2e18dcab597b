/* SPDX-License-Identifier: MIT */
/*
 * A golden file of every screen, in each language, at 80x24 and at 40x12: looks/LANGUAGE/SIZE/NAME
 * holds its text, a line that says where the cursor stands, and the attribute map (emulator.h). The
 * day is always Monday, 16 March 2026, 15:00, and what is drawn at random always the same
 * (still.c).
 *
 * AMPARO_LOOKS=write writes the files anew: read what `git diff` says of them. A screen that looks
 * otherwise is left as a picture in the build folder's test-screens/; all are with
 * AMPARO_LOOKS=pictures (make looks).
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/tui/cuts.h"
#include "tests/tui/looks.h"

#define STILL "AMPARO_STILL=1773673200"
#define LONG_AGO "AMPARO_STILL=1772701200" /* eleven days before */
#define TODAY "2026-03-16"
#define PASSPHRASE "sin secretos"

enum { HOME_MOST = 14, HOME_BYTES = 16 };
enum { ROWS = 24, COLS = 80, FEW_ROWS = 12, FEW_COLS = 40 };

/* All screens in one language. */
struct album {
    const char *language;
    int rows, cols;                /* looked at now */
    char *nobody;                  /* a folder of who has no case file */
    const char *home_folder;       /* of the program; one of these */
    char *folder;                  /* with the demo's case files; one works in it */
    const char *preload, *watched; /* of the environment */
    const char *path;              /* the same: with printers of ours, and no page drawn */
    const char *still;             /* the instant that all programs are at */
    unsigned programs;             /* begun so far: chance is another one in each */
    const char *file;              /* that is open */
    struct child *child;           /* NULL: the next one begins */
    char home[HOME_BYTES];         /* how the top line of Today begins */
    bool cut;                      /* not to look, but to be cut off on each */
    size_t wrong;
};

static bool mode_is(const char *mode)
{
    const char *set = getenv("AMPARO_LOOKS");
    return set && strcmp(set, mode) == 0;
}

/* ---- the program ---- */

static struct child *run(struct album *a, const char *const argv[])
{
    char chance[32];
    const char *const env[] = {a->still, chance, a->preload, a->watched, a->path, NULL};

    snprintf(chance, sizeof chance, "AMPARO_CHANCE=%u", ++a->programs);
    return expect_start(&(struct child_options){.rows = ROWS,
                                                .cols = COLS,
                                                .language = a->language,
                                                .home = a->home_folder,
                                                .env = env},
                        argv);
}

/* A command of the program's, on a case file, with what it reads; `key` holds the passphrase. */
static void command(struct album *a, const char *said, const char *key, const char *const argv[])
{
    const char *full[24] = {NULL};
    size_t n = 1;

    scratch_write("said", said, strlen(said));
    for (; *argv; argv++)
        full[n++] = *argv;
    if (key) {
        full[n++] = "--passphrase-file";
        full[n++] = key;
    }
    struct child *child = run(a, full);
    expect_exit(child, 0);
    child_free(child);
}

/* Ctrl-letter, a named key, or 0. */
static int press_named(const char *name, size_t size)
{
    static const struct {
        const char *name;
        int press;
    } keys[] = {
        {"ENTER", PRESS_ENTER},    {"TAB", PRESS_TAB},   {"UP", PRESS_UP},
        {"DOWN", PRESS_DOWN},      {"HOME", PRESS_HOME}, {"END", PRESS_END},
        {"^END", PRESS_CTRL_END},  {"LEFT", PRESS_LEFT}, {"RIGHT", PRESS_RIGHT},
        {"PGDN", PRESS_PAGE_DOWN},
    };
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (strlen(keys[i].name) == size && memcmp(keys[i].name, name, size) == 0)
            return keys[i].press;
    if (*name == '^' && size == 2)
        return CTRL(name[1]);
    if (*name == 'F' && size <= 3)
        return PRESS_F1 + atoi(name + 1) - 1;
    return 0;
}

static void other_records(struct album *a)
{
    scratch_write("second", PASSPHRASE " 2\n", strlen(PASSPHRASE) + 3);
    command(a, "{\"locality\":\"Tamale\",\"subdivision\":\"Northern Region\"}", "second",
            (const char *const[]){"record", a->file, "HN-2026-0010", "situation", "said", NULL});
}

/* One thing in braces, or one byte; returns where the next begins. */
static const char *play_one(struct album *a, const char *keys)
{
    if (*keys != '{') {
        child_send(a->child, keys, 1);
        return keys + 1;
    }
    const char *name = keys + 1, *end = strchr(name, '}');
    int press = press_named(name, (size_t)(end - name));
    if (press) {
        child_send_key(a->child, press);
    } else if (end == name) {
        child_rest(a->child);
    } else if (strncmp(name, "OTHER}", 6) == 0) {
        other_records(a);
    } else {
        char here[8];
        snprintf(here, sizeof here, "%s:", a->language);
        const char *words = strstr(name, here);
        if (!words || words > end)
            fail_msg("{%.*s}: no such key", (int)(end - name), name);
        words += strlen(here);
        for (size_t n = strcspn(words, "|}"); n > 0; n--)
            words = play_one(a, words);
    }
    return end + 1;
}

static void play(struct album *a, const char *keys)
{
    while (*keys)
        keys = play_one(a, keys);
    child_rest(a->child);
}

static void end_program(struct album *a)
{
    if (a->child) {
        child_kill(a->child, SIGKILL);
        child_free(a->child);
    }
    a->child = NULL;
}

/* From the work of today, as one leaves: where one was is not kept. */
static void leave_program(struct album *a)
{
    if (a->child && !child_has_ended(a->child)) {
        child_press(a->child, PRESS_F12);
        child_wait(a->child);
    }
    end_program(a);
}

static void top_line(const struct album *a, char out[HOME_BYTES])
{
    struct buf row = BUF_INIT;
    emulator_add_row(child_screen(a->child), 0, &row);
    snprintf(out, HOME_BYTES, "%s", buf_text(&row));
    buf_release(&row);
}

static void begin_at(struct album *a, enum look_start start)
{
    if (start == LOOK_FIRST)
        leave_program(a);
    if (a->child)
        return;
    a->child = run(a, (const char *const[]){NULL, *a->file ? a->file : NULL, NULL});
    if (start == LOOK_FIRST)
        return;
    play(a, PASSPHRASE "{ENTER}");
    top_line(a, a->home);
}

/* Back to the work of today, whatever is above it. */
static void go_home(struct album *a, const struct look *look)
{
    char top[HOME_BYTES];

    for (int i = 0; i < HOME_MOST; i++) {
        top_line(a, top);
        if (strcmp(top, a->home) == 0)
            return;
        child_press(a->child, PRESS_F12);
    }
    fail_msg("%s: F12 does not lead back to the work of today", look->name);
}

/* ---- looking ---- */

static char *look_at(const struct child *child)
{
    char *text = emulator_text(child_screen(child));
    char *map = emulator_attribute_map(child_screen(child));
    int row, col;

    emulator_cursor(child_screen(child), &row, &col);
    char *whole = xasprintf("%s-- %d %d\n%s", text, row, col, map);
    free(text);
    free(map);
    return whole;
}

static char *read_file(const char *path)
{
    struct buf text = BUF_INIT;
    char part[4096];
    FILE *in = fopen(path, "re");

    for (size_t got; in && (got = fread(part, 1, sizeof part, in)) > 0;)
        buf_add(&text, part, got);
    if (in)
        fclose(in);
    return text.data ? buf_detach(&text) : xstrdup("");
}

static char *golden_path(const struct album *a, const char *name)
{
    return xasprintf("%s/tests/tui/looks/%s/%dx%d/%s.txt", getenv("AMPARO_SRC"), a->language,
                     a->cols, a->rows, name);
}

static void make_folders(const char *path)
{
    char *part = xstrdup(path);
    for (char *slash = part; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(part, 0777);
        *slash = '/';
    }
    free(part);
}

static void write_file(const char *path, const char *text)
{
    make_folders(path);
    FILE *out = fopen(path, "we");
    if (!out || fputs(text, out) < 0 || fclose(out) != 0)
        fail_msg("%s: cannot be written", path);
}

static void draw_picture(const struct album *a, const char *name)
{
    char *path = xasprintf("%s/test-screens/looks/%s/%dx%d/%s.svg", getenv("AMPARO_BUILD"),
                           a->language, a->cols, a->rows, name);
    make_folders(path);
    FILE *out = fopen(path, "we");
    if (out) {
        emulator_write_svg(child_screen(a->child), out);
        fclose(out);
        if (!mode_is("pictures"))
            print_error("picture: %s\n", path);
    }
    free(path);
}

/* The rows of both that differ. */
static void print_difference(const char *want, const char *have)
{
    for (int row = 0; *want || *have; row++) {
        size_t w = strcspn(want, "\n"), h = strcspn(have, "\n");
        if (w != h || memcmp(want, have, w) != 0) {
            print_error("%3d -|%.*s\n", row, (int)w, want);
            print_error("    +|%.*s\n", (int)h, have);
        }
        want += w + (want[w] == '\n');
        have += h + (have[h] == '\n');
    }
}

static void compare(struct album *a, const char *name)
{
    char *path = golden_path(a, name), *have = look_at(a->child);

    if (mode_is("write")) {
        write_file(path, have);
    } else if (mode_is("pictures")) {
        draw_picture(a, name);
    } else {
        char *want = read_file(path);
        if (strcmp(want, have) != 0) {
            a->wrong++;
            print_error("%s:\n", path);
            print_difference(want, have);
            draw_picture(a, name);
        }
        free(want);
    }
    free(path);
    free(have);
}

/* As it is, and on a small terminal; then it is as large as before. */
static void compare_sizes(struct album *a, const char *name)
{
    a->rows = ROWS, a->cols = COLS;
    compare(a, name);
    a->rows = FEW_ROWS, a->cols = FEW_COLS;
    child_resize(a->child, a->rows, a->cols);
    child_rest(a->child);
    compare(a, name);
    child_resize(a->child, ROWS, COLS);
    child_rest(a->child);
}

/* ---- coming back to it ---- */

static void expect_same(struct album *a, const char *name, const char *after, const char *before)
{
    int row, col;
    char *text = cut_shown(a->child);

    emulator_cursor(child_screen(a->child), &row, &col);
    char *now = xasprintf("%s-- %d %d\n", text, row, col);
    if (strcmp(now, before) != 0) {
        a->wrong++;
        print_error("%s, after %s:\n", name, after);
        print_difference(before, now);
    }
    free(now);
    free(text);
}

/* Rule 27: the same cell and the same text, after a lock and after a lost line. */
static void come_back(struct album *a, const char *name)
{
    int row, col;
    char *text = cut_shown(a->child);

    emulator_cursor(child_screen(a->child), &row, &col);
    char *before = xasprintf("%s-- %d %d\n", text, row, col);
    play(a, "{^X}");
    play(a, PASSPHRASE "{ENTER}");
    expect_same(a, name, "a lock", before);
    child_hang_up(a->child);
    child_wait(a->child);
    child_free(a->child);
    a->child = run(a, (const char *const[]){NULL, a->file, NULL});
    play(a, PASSPHRASE "{ENTER}");
    if (strncmp(name, "unfinished", 10) != 0 &&
        emulator_find(child_screen(a->child), "Unfinished") == 0)
        child_press(a->child, PRESS_ENTER);
    expect_same(a, name, "a hang-up", before);
    free(before);
    free(text);
}

/* ---- all of them ---- */

static void look_through(struct album *a, const struct look_file *in)
{
    enum look_start from = LOOK_TODAY;
    a->file = in->file;
    a->home_folder = *in->file ? a->folder : a->nobody;
    for (const struct look *look = in->looks; look->name; look++) {
        if (look->start != LOOK_ON)
            from = look->start;
        if (a->cut && from == LOOK_FIRST)
            continue;
        begin_at(a, look->start);
        play(a, look->keys);
        if (a->cut)
            come_back(a, look->name);
        else
            compare_sizes(a, look->name);
        if (look[1].name && look[1].start == LOOK_ON)
            continue;
        if (from == LOOK_FIRST)
            end_program(a);
        else
            go_home(a, look);
    }
    leave_program(a);
}

/* What the demo does not have: who may be a person of another case; an event with its people. */
static const struct {
    const char *said, *argv[10];
} further[] = {
    {"{\"role\":\"requesting\",\"receiving_state\":\"AE\",\"priority\":\"routine\","
     "\"source\":\"phone\"}",
     {"record", "1-honduras.amparo", "new", "open", "said"}},
    {"{\"person\":1,\"surname_1\":\"RAMIREZ\",\"surname_2\":\"ORDOÑEZ\",\"given_names\":"
     "\"Karen\",\"nationalities\":[{\"state\":\"HN\",\"proof\":\"declared\"}]}",
     {"record", "1-honduras.amparo", "HN-2026-0012", "person", "said"}},
    {"{\"name\":\"Crecida de Saint-Louis\",\"kind\":\"flood\",\"on\":\"2026-03-XX\","
     "\"receiving_state\":\"SN\",\"locality\":\"Saint-Louis\",\"ground\":\"G4\","
     "\"perpetrator\":\"none\",\"facts\":\"The river took the quarter.\","
     "\"priority\":\"urgent\",\"source\":\"family\",\"needs\":[\"shelter\",\"food_cash\"]}",
     {"event", "4-el-salvador.amparo", "add", "said"}},
    {"surname_1,surname_2,given_names,sex,born,nationalities[0].state,family,alone,need,consent\n"
     "FLORES,PAZ,Marta,F,35,SV,A,,,poll\n"
     "ROMERO,,Hugo,M,41,SV,,,,poll\n",
     {"event", "4-el-salvador.amparo", "take", "Crecida de Saint-Louis", "said"}},
    /* The key of the pseudonyms is drawn with the first report: here, and not in the program, where
     * how much chance was drawn before hangs on the time. */
    {"", {"report", "1-honduras.amparo", "--meeting", "next"}},
};

#define HONDURAS "1-honduras.amparo"
#define MEXICO "2-mexico-abu-dhabi.amparo"
#define DOMINICAN "5-dominican-republic.amparo"
#define SECRETARIAT "7-secretariat.amparo"

/* What Honduras's post has to say goes out on the first day to the Secretariat, which is silent,
 * and later to Mexico's, which answers. */
static const struct {
    const char *still, *argv[10];
} correspondence[] = {
    {LONG_AGO, {"send", HONDURAS, "--to", "stick", "--post", "TS"}},
    {STILL, {"send", HONDURAS, "--to", "stick", "--post", "MXAUH"}},
    {STILL, {"send", HONDURAS, "--to", "stick", "--post", "DO"}},
    {STILL, {"receive", MEXICO, "stick"}},
    {STILL, {"receive", DOMINICAN, "stick"}},
    {STILL, {"receive", SECRETARIAT, "stick"}},
    {STILL, {"send", MEXICO, "--to", "back", "--receipts"}},
    {STILL, {"receive", HONDURAS, "back"}},
};

static void correspond(struct album *a)
{
    assert_int_equal(mkdir("stick", 0700), 0);
    assert_int_equal(mkdir("back", 0700), 0);
    for (size_t i = 0; i < ARRAY_SIZE(correspondence); i++) {
        a->still = correspondence[i].still;
        command(a, "", "demo-passphrase.txt", correspondence[i].argv);
    }
    a->still = STILL;
}

/* A file that the demo has not; made when its turn comes, so that chance is as before up to there.
 */
static void make_beginning(struct album *a, const char *file)
{
    command(a, "", "demo-passphrase.txt",
            (const char *const[]){"init", file, "--state", "CR", "--code", "TS", "--post",
                                  "Technical Secretariat", "--country", "CR", "--city", "San José",
                                  "--kind", "secretariat", "--officer", "Rita Soto Lara",
                                  "--slow-machine", NULL});
}

/* The printers of every machine are others: here they are these. */
static char *make_printers(const char *folder)
{
    static const char lpstat[] =
        "#!/bin/sh\n"
        "printf '%s\\n' closed laser matrix 'system default destination: laser' \\\n"
        "    'printer matrix disabled since Mon 16 Mar 2026 -' '\tPaper jam: open the cover' \\\n"
        "    'closed not accepting requests since Mon 16 Mar 2026 -' '\treason unknown'\n";
    char *bin = scratch_path(folder, "bin"), *script = scratch_path(bin, "lpstat");

    assert_int_equal(mkdir(bin, 0700), 0);
    scratch_write(script, lpstat, strlen(lpstat));
    assert_int_equal(chmod(script, 0700), 0);
    char *path = xasprintf("PATH=%s:%s", bin, getenv("PATH"));
    free(script);
    free(bin);
    return path;
}

static void look_at_all(void **state)
{
    struct album a = *(const struct album *)*state;
    char *preload = xasprintf("LD_PRELOAD=%s/tests/harness/still.so", getenv("AMPARO_BUILD"));
    const char *asan = getenv("ASAN_OPTIONS");
    char *watched = xasprintf("ASAN_OPTIONS=%s:verify_asan_link_order=0", asan ? asan : "");

    a.still = STILL;
    a.preload = preload;
    a.watched = watched;
    a.folder = scratch_make();
    a.nobody = scratch_path(a.folder, "nobody");
    a.home_folder = a.folder;
    assert_int_equal(mkdir(a.nobody, 0700), 0);
    char *path = make_printers(a.nobody);
    a.path = path;
    assert_int_equal(chdir(a.folder), 0); /* no path of this machine is shown */
    command(&a, "", NULL, (const char *const[]){"demo", ".", "--today", TODAY, NULL});
    for (size_t i = 0; i < ARRAY_SIZE(further); i++)
        command(&a, further[i].said, "demo-passphrase.txt", further[i].argv);
    correspond(&a);
    for (const struct look_file *in = look_files; in->file; in++) {
        if (*in->file && access(in->file, F_OK) != 0)
            make_beginning(&a, in->file);
        look_through(&a, in);
    }
    assert_int_equal(chdir("/"), 0);
    scratch_remove(a.folder);
    free(a.nobody);
    free(path);
    free(preload);
    free(watched);
    if (a.wrong)
        fail_msg("%zu screens look otherwise; AMPARO_LOOKS=write writes their files anew", a.wrong);
}

/* ---- none is left out ---- */

static bool has_type(const char *type)
{
    for (const struct look_file *in = look_files; in->file; in++)
        for (const struct look *look = in->looks; look->name; look++)
            if (strcmp(look->type, type) == 0)
                return true;
    return false;
}

/* Calls `visit` with the path and text of each file of a folder whose name ends so; adds it up. */
static size_t each_file(const char *folder, const char *end, void *context,
                        size_t visit(void *context, const char *path, const char *text))
{
    char *path = xasprintf("%s/%s", getenv("AMPARO_SRC"), folder);
    DIR *dir = opendir(path);
    size_t sum = 0;

    for (const struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, end) != 0)
            continue;
        char *file = xasprintf("%s/%s", path, entry->d_name), *text = read_file(file);
        sum += visit(context, file, text);
        free(text);
        free(file);
    }
    if (dir)
        closedir(dir);
    free(path);
    return sum;
}

/* `#define NAME "value"`: the context is "#define NAME \"" and becomes the value. */
static size_t find_macro(void *context, const char *path, const char *text)
{
    struct buf *define = context;
    const char *at = strstr(text, buf_text(define));
    (void)path;

    /* Once it is the value, any header may have that in it. */
    if (!at || strncmp(buf_text(define), "#define ", 8) != 0)
        return 0;
    at += define->size;
    buf_clear(define);
    buf_add(define, at, strcspn(at, "\""));
    return 1;
}

/* What `.name = ` gives a screen type, a string or a macro of a header: some row shows it. */
static void expect_shown(const char *path, const char *name)
{
    struct buf type = BUF_INIT;
    size_t size = strcspn(name, ",");

    if (*name == '"') {
        buf_add(&type, name + 1, size - 2);
    } else {
        buf_addf(&type, "#define %.*s \"", (int)size, name);
        assert_int_equal(each_file("include/amparo/tui", ".h", &type, find_macro), 1);
    }
    if (!has_type(buf_text(&type)))
        fail_msg("%s: no row of looks.c shows the screen %s", path, buf_text(&type));
    buf_release(&type);
}

static size_t types_of(void *context, const char *path, const char *text)
{
    size_t count = 0;
    (void)context;

    for (const char *at = text; (at = strstr(at, "const struct screen_type "));) {
        at += strcspn(at, ";{*");
        const char *name = *at == '{' ? strstr(at, ".name = ") : NULL;
        if (name) {
            expect_shown(path, name + strlen(".name = "));
            count++;
        }
    }
    return count;
}

static void test_every_screen_has_a_look(void **state)
{
    (void)state;
    assert_true(each_file("src/tui", ".c", NULL, types_of) +
                    each_file("src/tui/screens", ".c", NULL, types_of) >
                40);
}

/* ---- and none is left behind ---- */

static bool has_look(const char *file)
{
    for (const struct look_file *in = look_files; in->file; in++)
        for (const struct look *look = in->looks; look->name; look++) {
            size_t size = strlen(look->name);
            if (strncmp(look->name, file, size) == 0 && strcmp(file + size, ".txt") == 0)
                return true;
        }
    return false;
}

static size_t has_row(void *context, const char *path, const char *text)
{
    (void)context;
    (void)text;
    if (!has_look(strrchr(path, '/') + 1))
        fail_msg("%s: no row of looks.c leads there", path);
    return 1;
}

static void test_every_file_has_its_row(void **state)
{
    static const char *const languages[] = {"en", "es", "fr"}, *const sizes[] = {"80x24", "40x12"};
    size_t count = 0;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(languages); i++)
        for (size_t j = 0; j < ARRAY_SIZE(sizes); j++) {
            char *folder = xasprintf("tests/tui/looks/%s/%s", languages[i], sizes[j]);
            count += each_file(folder, ".txt", NULL, has_row);
            free(folder);
        }
    assert_true(count > 500 || mode_is("write"));
}

/* ---- */

#define LOOKS(language_)                                                                           \
    {                                                                                              \
        "looks_" language_, look_at_all, NULL, NULL, &(struct album)                               \
        {                                                                                          \
            .language = language_                                                                  \
        }                                                                                          \
    }

/* Takes long: a program begins anew for each. */
static const struct CMUnitTest comes_back = {
    "rule_27_every_screen_comes_back", look_at_all, NULL, NULL,
    &(struct album){.language = "en", .cols = 80, .rows = 24, .cut = true}};

int main(void)
{
    if (getenv("AMPARO_LONG"))
        return _cmocka_run_group_tests("coming back", &comes_back, 1, NULL, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_screen_has_a_look),
        cmocka_unit_test(test_every_file_has_its_row),
        LOOKS("en"),
        LOOKS("es"),
        LOOKS("fr"),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
