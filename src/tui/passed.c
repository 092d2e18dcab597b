/* SPDX-License-Identifier: MIT */
#include "amparo/tui/passed.h"

#include "amparo/base/i18n.h"

bool passed_over(struct app *app, struct form *form)
{
    size_t count = form_unpassed(form);

    if (count)
        app_say(app,
                n_("Only offered: %zu value. Enter passes it, F2 again takes it.",
                   "Only offered: %zu values. Enter passes each, F2 again takes all.", count),
                count);
    if (count) /* F2 is no answer before that could be read */
        app_must_be_read(app);
    return !count;
}
