/* SPDX-License-Identifier: MIT */
/* amparo directory: who takes part, who has offices where, and what is known of it. */
#include "commands.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/language.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/agreement/fingerprint.h"
#include "amparo/store/settings.h"
#include "directory_work.h"
#include "trust_words.h"

static bool check_state(const char *code, struct error *err)
{
    return country_find(code) ||
           error_set(err, ERROR_INPUT,
                     _("%s is no country code of ISO 3166-1 (alpha-2, in capitals), nor XK"), code);
}

/* The date of an option; *given says whether it was there. */
static bool option_date(const struct subcall *call, const char *name, bool needed, struct date *out,
                        bool *given, struct error *err)
{
    const char *text = cli_value(call->cli, name);

    *given = text != NULL;
    if (!text)
        return !needed || error_set(err, ERROR_INPUT, _("--%s DATE is needed"), name);
    return date_parse(text, out) ||
           error_set(err, ERROR_INPUT, _("--%s %s is no date that exists (YYYY-MM-DD)"), name,
                     text);
}

/* ---- showing lines ---- */

bool directory_list_age(struct store *store, struct list_age *out, struct error *err)
{
    out->today = cli_today(store);
    return settings_number(store, SETTING_LIST_AGE, &out->most, err);
}

/* "2022-11-16, 1216 days old", and a mark where that is too old. */
static void add_age(struct buf *out, struct date on, const struct list_age *age)
{
    char date[DATE_SIZE];
    long days = date_days_between(on, age->today);

    buf_adds(out, date_format(on, date));
    buf_addf(out, n_(", %ld day old", ", %ld days old", (unsigned long)days), days);
    if (days > age->most)
        buf_adds(out, _(" (ask for a newer list)"));
}

static void add_place(struct buf *out, const struct mission *m)
{
    buf_addf(out, "%s", _(post_kind_codes[m->kind].label));
    if (*m->city)
        buf_addf(out, ", %s", m->city);
    if (strcmp(m->seat, m->country) != 0)
        buf_addf(out, " (%s)", country_name(m->seat, reader_language));
    if (!m->able)
        buf_addf(out, ", %s", _("cannot act"));
    if (*m->phone)
        buf_addf(out, ", %s", m->phone);
    if (*m->email)
        buf_addf(out, ", %s", m->email);
}

void directory_add_mission(struct buf *out, const char *code, const struct mission *m,
                           const struct list_age *age)
{
    buf_addf(out, "  %s  ", code);
    add_place(out, m);
    buf_addf(out, "; %s, ", _(post_source_codes[m->source].label));
    add_age(out, m->on, age);
    buf_addc(out, '\n');
}

/* ---- import, export ---- */

static void add_change(struct buf *out, const struct import_change *change, bool lines)
{
    char date[DATE_SIZE];
    size_t kept = change->lines - change->added.count;

    buf_addf(out, "%s: ", change->state);
    buf_addf(out, n_("%zu new, ", "%zu new, ", change->added.count), change->added.count);
    buf_addf(out, n_("%zu gone, ", "%zu gone, ", change->removed.count), change->removed.count);
    buf_addf(out, _("%zu as before; list of %s, %s\n"), kept, date_format(change->date, date),
             _(post_source_codes[change->source].label));
    for (size_t i = 0; lines && i < change->removed.count + change->added.count; i++) {
        bool gone = i < change->removed.count;
        const struct mission *m =
            gone ? &change->removed.list[i] : &change->added.list[i - change->removed.count];
        buf_addf(out, "  %s %s  ", gone ? "-" : "+", m->country);
        add_place(out, m);
        buf_addc(out, '\n');
    }
}

static void add_changed(struct buf *out, size_t lists, size_t added, size_t removed, bool dry)
{
    buf_addf(out,
             dry ? n_("would change: %zu list, ", "would change: %zu lists, ", lists)
                 : n_("changed: %zu list, ", "changed: %zu lists, ", lists),
             lists);
    buf_addf(out, n_("%zu line new, ", "%zu lines new, ", added), added);
    buf_addf(out, n_("%zu gone", "%zu gone", removed), removed);
    buf_adds(out, dry ? _("; nothing was written\n") : "\n");
}

static void put_changes(const struct import_changes *changes, const struct passed_over *passed,
                        bool dry)
{
    struct buf out = BUF_INIT;
    size_t changed = 0, added = 0, removed = 0;

    for (size_t i = 0; i < passed->count; i++)
        buf_addf(&out, _("passed over: %zu × %s, first in line %ld: %s\n"), passed->list[i].count,
                 passed->list[i].name, passed->list[i].line, _(passed->list[i].why));
    for (size_t i = 0; i < changes->count; i++) {
        if (import_change_is_empty(&changes->list[i]))
            continue;
        add_change(&out, &changes->list[i], dry);
        changed++;
        added += changes->list[i].added.count;
        removed += changes->list[i].removed.count;
    }
    if (!changed)
        buf_addf(&out, "%s\n", _("nothing changes"));
    else
        add_changed(&out, changed, added, removed, dry);
    cli_put_lines(&out);
    buf_release(&out);
}

static bool read_list(struct subcall *call, struct missions *missions, struct passed_over *passed,
                      struct error *err)
{
    const char *path = call->words[0], *format = cli_value(call->cli, "format");
    struct date today = cli_today(call->store);
    bool own = !format || strcmp(format, "own") == 0;
    struct buf text = BUF_INIT;
    bool good;

    if (!own && strcmp(format, "wikidata") != 0)
        return error_set(err, ERROR_INPUT, _("--format %s: it is own or wikidata"), format);
    good =
        cli_read(path, &text, err) &&
        (own ? missions_read_own(buf_text(&text), text.size, today, missions, err)
             : missions_read_wikidata(buf_text(&text), text.size,
                                      missions_date_in_name(path, today), missions, passed, err));
    buf_release(&text);
    return good;
}

static bool import(struct subcall *call, struct error *err)
{
    bool dry = cli_has(call->cli, "dry-run");
    struct missions missions = MISSIONS_INIT;
    struct passed_over passed = {NULL, 0};
    struct import_changes changes = {NULL, 0};
    bool good = read_list(call, &missions, &passed, err) &&
                store_directory_import(call->store, &missions, dry, &changes, err);

    if (good)
        put_changes(&changes, &passed, dry);
    import_changes_release(&changes);
    passed_over_release(&passed);
    missions_release(&missions);
    return good;
}

static bool export(struct subcall *call, struct error *err)
{
    struct missions missions;
    struct buf out = BUF_INIT;

    if (!store_directory_missions(call->store, NULL, NULL, &missions, err))
        return false;
    missions_write_own(&missions, &out);
    fputs(buf_text(&out), stdout);
    buf_release(&out);
    missions_release(&missions);
    return true;
}

static bool matrix(struct subcall *call, struct error *err)
{
    struct missions missions;
    struct buf out = BUF_INIT;

    if (!store_directory_missions(call->store, NULL, NULL, &missions, err))
        return false;
    missions_matrix(&missions, &out);
    fputs(buf_text(&out), stdout);
    buf_release(&out);
    missions_release(&missions);
    return true;
}

/* ---- show ---- */

static const struct {
    const char *option, *label;
} focal_keys[FOCAL_KEYS] = {
    [FOCAL_DESK] = {"desk", N_("desk")},
    [FOCAL_EMAIL] = {"email", N_("e-mail")},
    [FOCAL_PHONE] = {"phone", N_("telephone")},
    [FOCAL_HOURS] = {"hours", N_("hours")},
    [FOCAL_LANGUAGES] = {"languages", N_("languages")},
    [FOCAL_FROM] = {"since", N_("valid from")},
    [FOCAL_UNTIL] = {"until", N_("valid until")},
    [FOCAL_VERIFIED] = {"verified", N_("verified on")},
};

static void add_focal(struct buf *out, const struct directory_state *s)
{
    buf_adds(out, _("    focal point:"));
    for (size_t k = 0; k < FOCAL_KEYS; k++)
        if (s->focal[k] && *s->focal[k]) {
            bool plain = k == FOCAL_DESK || k == FOCAL_EMAIL || k == FOCAL_PHONE;
            buf_addf(out, plain ? " %s%s" : "; %s %s", plain ? "" : _(focal_keys[k].label),
                     s->focal[k]);
        }
    buf_addf(out, _(" (said on %.10s)\n"), s->focal_said);
}

static void add_state(struct buf *out, const struct directory_state *s, const struct list_age *age)
{
    char date[DATE_SIZE];

    buf_addf(out, "%s  %s\n", s->state, country_name(s->state, reader_language));
    if (s->source) {
        buf_addf(out, _("    takes part since %s"), date_format(s->since, date));
        if (date_is_valid(s->until))
            buf_addf(out, _(" until %s"), date_format(s->until, date));
        buf_addf(out, " (%s)\n", s->source);
    }
    if (date_is_valid(s->list)) {
        buf_addf(out, n_("    list: %zu line, %s, ", "    list: %zu lines, %s, ", s->missions),
                 s->missions, _(post_source_codes[s->list_source].label));
        add_age(out, s->list, age);
        buf_addc(out, '\n');
    }
    if (s->focal_said)
        add_focal(out, s);
}

static void add_instrument(struct buf *out, enum instrument_status status, struct date since)
{
    char date[DATE_SIZE];

    buf_addf(out, _("Instrument (9): %s"), _(instrument_codes[status].label));
    if (date_is_valid(since))
        buf_addf(out, _(", since %s"), date_format(since, date));
    buf_addc(out, '\n');
}

static bool show(struct subcall *call, struct error *err)
{
    const char *state = call->words[0];
    enum instrument_status status;
    struct date since;
    struct list_age age;
    struct directory_states states = {NULL, 0};
    struct missions missions = MISSIONS_INIT;
    struct buf out = BUF_INIT;
    bool good = (!state || check_state(state, err)) && directory_list_age(call->store, &age, err) &&
                store_directory_instrument(call->store, &status, &since, err) &&
                store_directory_states(call->store, &states, err) &&
                (!state || store_directory_missions(call->store, state, NULL, &missions, err));

    if (good && !state)
        add_instrument(&out, status, since);
    for (size_t i = 0; good && i < states.count; i++)
        if (!state || strcmp(states.list[i].state, state) == 0)
            add_state(&out, &states.list[i], &age);
    for (size_t i = 0; i < missions.count; i++)
        directory_add_mission(&out, missions.list[i].country, &missions.list[i], &age);
    if (good && state && !out.size)
        buf_addf(&out, _("%s: nothing is on record\n"), state);
    cli_put_lines(&out);
    buf_release(&out);
    missions_release(&missions);
    directory_states_release(&states);
    return good;
}

/* ---- what people enter ---- */

static bool party(struct subcall *call, struct error *err)
{
    const char *state = call->words[0], *source = cli_value(call->cli, "source");
    struct date since, until;
    bool given, ends;

    if (!check_state(state, err) || !option_date(call, "since", true, &since, &given, err) ||
        !option_date(call, "until", false, &until, &ends, err))
        return false;
    if (text_is_blank(source))
        return error_set(err, ERROR_INPUT, "%s",
                         _("--source TEXT is needed: where is it said that the State takes part?"));
    return store_directory_set_party(call->store, state, since, ends ? &until : NULL, source, err);
}

static bool instrument(struct subcall *call, struct error *err)
{
    int status = code_index(instrument_codes, call->words[0]);
    struct date since;
    bool given;

    if (status < 0)
        return error_set(err, ERROR_INPUT, _("%s: the instrument is pilot or in_force"),
                         call->words[0]);
    return option_date(call, "since", status == INSTRUMENT_IN_FORCE, &since, &given, err) &&
           store_directory_set_instrument(call->store, (enum instrument_status)status,
                                          given ? &since : NULL, err);
}

static bool list(struct subcall *call, struct error *err)
{
    struct date on;
    bool given;

    if (!check_state(call->words[0], err) || !option_date(call, "on", true, &on, &given, err))
        return false;
    if (date_compare(on, cli_today(call->store)) > 0)
        return error_set(err, ERROR_INPUT, _("--on %s lies ahead of today"),
                         cli_value(call->cli, "on"));
    return store_directory_set_list(call->store, call->words[0], on, err);
}

/* + and up to 15 digits, the first not zero (E.164); blanks and hyphens between them. */
static bool is_phone(const char *text)
{
    size_t digits = 0;

    if (*text++ != '+' || *text == '0')
        return false;
    for (; *text; text++) {
        if (isdigit((unsigned char)*text))
            digits++;
        else if (*text != ' ' && *text != '-')
            return false;
    }
    return digits >= 4 && digits <= 15;
}

static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');

    return at && at > text && at[1] && !strchr(at + 1, '@') && !strpbrk(text, " \t\r\n<>,;");
}

static bool check_languages(const char *codes, struct error *err)
{
    char *copy = xstrdup(codes), *rest = copy, *code;
    bool good = true;

    while ((code = strtok_r(rest, " ,", &rest)))
        if (!language_find(code))
            good =
                error_set(err, ERROR_INPUT,
                          _("--languages: %s is no language of ISO 639-1, or else of 639-3"), code);
    free(copy);
    return good;
}

static bool check_focal(struct subcall *call, const char *const said[FOCAL_KEYS], struct error *err)
{
    static const char *const dates[] = {"since", "until", "verified"};
    bool any = false, given;
    struct date date;

    for (size_t k = 0; k < FOCAL_KEYS; k++)
        any = any || said[k];
    if (!any)
        return error_set(err, ERROR_INPUT, "%s",
                         _("one of --desk, --email, --phone, --hours, --languages, --since, "
                           "--until, --verified is needed"));
    if (said[FOCAL_EMAIL] && !is_email(said[FOCAL_EMAIL]))
        return error_set(err, ERROR_INPUT, _("--email %s is no e-mail address"), said[FOCAL_EMAIL]);
    if (said[FOCAL_PHONE] && !is_phone(said[FOCAL_PHONE]))
        return error_set(err, ERROR_INPUT,
                         _("--phone %s: write + and the number with its country code"),
                         said[FOCAL_PHONE]);
    for (size_t i = 0; i < ARRAY_SIZE(dates); i++)
        if (!option_date(call, dates[i], false, &date, &given, err))
            return false;
    return !said[FOCAL_LANGUAGES] || check_languages(said[FOCAL_LANGUAGES], err);
}

static bool focal(struct subcall *call, struct error *err)
{
    const char *state = call->words[0], *said[FOCAL_KEYS];
    struct directory_states states;

    for (size_t k = 0; k < FOCAL_KEYS; k++)
        said[k] = cli_value(call->cli, focal_keys[k].option);
    if (!check_state(state, err) || !check_focal(call, said, err) ||
        !store_directory_states(call->store, &states, err))
        return false;
    for (size_t i = 0; i < states.count; i++)
        for (size_t k = 0; k < FOCAL_KEYS && strcmp(states.list[i].state, state) == 0; k++)
            said[k] = said[k] ? said[k] : states.list[i].focal[k]; /* what is not said anew stays */
    bool good = store_directory_set_focal(call->store, state, said, err);
    directory_states_release(&states);
    return good;
}

/* ---- the command ---- */

static const struct subcommand subcommands[] = {
    {"import", 1, 1, WRITES, import},
    {"export", 0, 0, READS, export},
    {"show", 0, 1, READS, show},
    {"party", 1, 1, WRITES, party},
    {"instrument", 1, 1, WRITES, instrument},
    {"list", 1, 1, WRITES, list},
    {"focal", 1, 1, WRITES, focal},
    {"who", 1, 1, READS, directory_who},
    {"matrix", 0, 0, READS, matrix},
    {"log", 0, 0, READS, directory_log},
    {"diff", 1, 2, READS, directory_diff},
    {"snapshot", 0, 0, READS, directory_snapshot},
    {"take", 1, 1, TRUSTS, directory_take},
    {"root", ROOT_KEYS, ROOT_KEYS, TRUSTS, directory_root},
    {"approve", 1, 16, TRUSTS, directory_approve},
    {"release", 0, 0, TRUSTS, directory_release},
    {"minimum", 1, 1, TRUSTS, directory_minimum},
    {NULL, 0, 0, READS, NULL},
};

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    return subcommand_run(cli, subcommands, argc, argv, err);
}

static const struct option_type options[] = {
    {"format", "own|wikidata", 0},
    {"dry-run", NULL, 0},
    {"since", "DATE", 0},
    {"until", "DATE", 0},
    {"source", "TEXT", 0},
    {"on", "DATE", 0},
    {"email", "TEXT", 0},
    {"phone", "TEXT", 0},
    {"desk", "TEXT", 0},
    {"hours", "TEXT", 0},
    {"languages", "CODES", 0},
    {"verified", "DATE", 0},
    {"for", "STATE", 0},
    {"json", NULL, 0},
    {"output", "FILE", 'o'},
    {"all", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_directory = {
    .name = "directory",
    .usage = "FILE import CSV [--format own|wikidata] [--dry-run]\n"
             "FILE export\n"
             "FILE show [STATE]\n"
             "FILE party STATE --since DATE [--until DATE] --source TEXT\n"
             "FILE instrument pilot|in_force [--since DATE]\n"
             "FILE list STATE --on DATE\n"
             "FILE focal STATE [--desk TEXT] [--email TEXT] [--phone TEXT] [--hours TEXT]\n"
             "[--languages CODES] [--since DATE] [--until DATE] [--verified DATE]\n"
             "FILE who COUNTRY [--for STATE] [--json]\n"
             "FILE matrix\n"
             "FILE log [--all] [--json]\n"
             "FILE diff VERSION [VERSION]\n"
             "FILE snapshot [-o FILE]\n"
             "FILE take SNAPSHOT|-\n"
             "FILE root OFFICER OFFICER OFFICER\n"
             "FILE approve ID...\n"
             "FILE release --until DATE\n"
             "FILE minimum VERSION",
    .summary = N_("who takes part, who has offices where; every line with its source and date"),
    .help =
        N_("An import makes its lines the whole list of each State among them. A bad line is\n"
           "named by its number, and nothing is written until the list is good. A list of\n"
           "source 7.6 (official) takes the place of a seed list.\n"
           "\n"
           "Columns of our own CSV, with commas, named in its first line, in any order:\n"
           "  state, country   ISO 3166-1 alpha-2, or XK (Namibia is NA)\n"
           "  city             where the post stands; may be empty\n"
           "  kind             embassy high_commission consulate_general consulate\n"
           "                   consular_agency interests_section honorary non_resident\n"
           "  source           7.6 or seed\n"
           "  date             of the list, YYYY-MM-DD\n"
           "  able             yes (if left out) or no: it exists and cannot act\n"
           "  seat             country where it stands, where that is not `country`\n"
           "  phone, email, website, reference   may be left out\n"
           "\n"
           "--format wikidata takes the list of the world's embassies; the date in the file's\n"
           "name, else today, is the date of its lines, which are seed lines.\n"
           "\n"
           "The directory of the network is a log of signed acts, which a snapshot carries to\n"
           "others. In the file of the Technical Secretariat three officers make its root: what\n"
           "one of them signs (identity certify, party, release) counts once another approves."),
    .options = options,
    .least = 2,
    .most = 18,
    .run = run,
};
