/* SPDX-License-Identifier: MIT */
#include "sheets_people.h"

#include <stdlib.h>

#include "amparo/base/mem.h"

static const struct {
    const char *surname_1, *surname_2, *given, *sex, *born, *locality;
} people[PEOPLE] = {
    {"محمد", "عبد الرحمن", "فاطمة الزهراء", "F", "1990-05-02", "أبو ظبي"},
    {"欧阳", "", "晓明", "M", "1985-11-30", "迪拜"},
    /* the marks apart from their letters, as some systems write them */
    {"N\u0303USTES", "MUN\u0303OZ", "Jose\u0301 A\u0301ngel", "M", "2001-02-28", "Shaarja\u0304"},
    {"Nguyễn", "", "Thị Hồng Phượng", "F", "1999-12-12", "Al ‘Ayn"},
    {"DE LOS SANTOS Y FERNÁNDEZ DE CÓRDOVA", "MONTÚFAR DE LA ASUNCIÓN",
     "María Guadalupe Concepción del Sagrado Corazón de Jesús", "F", "1960-XX-XX",
     "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"},
    {"Ξενάκης", "", "Иван-Ελένη", "X", "1970-01-01", "Ра’с-эль-Хайма"},
    {"כהן", "", "שרה", "F", "1988-08-08", "עג׳מאן"},
    {"O’Brien-Þórðardóttir", "", "Łucja Şeyma", "F", "2010-07-04", "Umm al-Qaywayn"},
};

static const char *const grounds[] = {
    "{'person':%s,'code':'G5','perpetrator':'employer','facts':'Five months unpaid; the passport "
    "lies in a drawer of the office, and the door of the house is locked at night.'}",
    "{'person':%s,'code':'G3','perpetrator':'family','facts':'Left the house at night.'}",
    "{'person':%s,'code':'G4','perpetrator':'none','facts':'The water took the house.'}",
};

void people_add(struct case_file *c, size_t i, int person)
{
    json_t *payload = json_pack(
        "{s:i, s:s, s:s, s:s, s:s, s:[{s:s, s:s}], s:s, s:s}", "person", person, "surname_1",
        people[i].surname_1, "given_names", people[i].given, "sex", people[i].sex, "birth_date",
        people[i].born, "nationalities", "state", "HN", "proof", "declared", "place_of_birth",
        people[i].locality, "occupation", "domestic work");

    if (*people[i].surname_2)
        json_object_set_new(payload, "surname_2", json_string(people[i].surname_2));
    char *text = json_dumps(payload, 0), *number = xasprintf("%d", person);
    kit_add(c, "person", text);
    free(text);
    json_decref(payload);
    kit_add_of(c, "ground", grounds[i % ARRAY_SIZE(grounds)], number);
    kit_add_of(c, "need", "{'person':%s,'need':'shelter','urgency':'now'}", number);
    free(number);
}

void people_consent(struct case_file *c, int person, const char *state)
{
    char *text = xasprintf("{'person':%d,'purpose':'P4','to':'%s','given_by':'self','form':'oral',"
                           "'on':'2026-03-09'}",
                           person, state);

    kit_add(c, "consent", text);
    free(text);
}
