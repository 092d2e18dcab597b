/* SPDX-License-Identifier: MIT */
/* Snapshots of the directory: written again they are the same bytes, and whatever acts are in them
 * are folded without harm. */
#include <string.h>

#include "amparo/store/trustlog.h"
#include "fuzz.h"

/* The root of the first act that names one: what it says may count. */
static void pin(struct trusted *t, const struct diract *act)
{
    uint8_t keys[ROOT_KEYS][TRUST_KEY], root[ROOT_SIZE];
    const json_t *list = json_object_get(act->payload, "keys");

    for (size_t i = 0; i < ROOT_KEYS; i++)
        diract_hex(json_string_value(json_array_get(list, i)), keys[i], TRUST_KEY);
    fingerprint_root(keys, root);
    fingerprint_of_root(root, t->pinned);
}

static void add(struct trusted *t, const struct act_bytes *bytes)
{
    struct diract act;

    if (!directory_act_parse(bytes, &act))
        return;
    if (act.kind == DIR_ROOT && !*t->pinned)
        pin(t, &act);
    trust_add(t, &act);
    json_decref((json_t *)(uintptr_t)act.payload);
}

static void say_all(const struct trusted *t)
{
    const struct date today = {2026, 11, 1};
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < t->act_count; i++) {
        PROMISE((t->acts[i].why == NULL) == (t->acts[i].standing == TRUST_COUNTS),
                "what does not count has a reason, and nothing else");
        trust_say(t, &t->acts[i], &out);
    }
    for (size_t i = 0; i < t->post_count; i++)
        trust_explain(t, &t->posts[i], today, &out);
    for (size_t i = 0; i < t->state_count; i++) {
        if (t->states[i].offices)
            json_decref(trust_offices(t, t->states[i].offices));
        trust_identity_needs(t, t->states[i].state, "AE", today, &out);
    }
    trust_blocks_notes(t, &out);
    buf_release(&out);
}

static void fold(const struct directory_acts *acts)
{
    struct trusted t;

    trust_init(&t);
    for (size_t i = 0; i < acts->count; i++)
        add(&t, &acts->list[i]);
    trust_fold(&t);
    say_all(&t);
    trust_release(&t);
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct directory_acts acts;
    struct error err = ERROR_INIT;
    struct buf again = BUF_INIT;
    bool good = directory_file_read(bytes, size, &acts, &err);

    if (good) {
        directory_file_write(&acts, &again);
        PROMISE(again.size == size && memcmp(again.data, bytes, size) == 0, "other bytes");
        fold(&acts);
    } else {
        PROMISE(err.kind == ERROR_INPUT && !acts.list, "refused otherwise");
        fuzz_message(&err, NULL);
    }
    buf_release(&again);
    directory_acts_release(&acts);
    error_release(&err);
    return good;
}

/* A root, a State, a post, its sealing key and list, a version, a revocation. */
static const struct fuzz_seed seeds[] = {
    SEED("adr\001\211\204X LqhN\351UX\306-U)S\367\3673\366QGq\320_\254\003If\255\002A\322\2461"
         "\232X y8\331#N\376\002\306\030\246;\011AB\037\322\370\236\312\366\220VI##l\365\373J"
         "\360\014AX@\017\310{Y\242\243\3037y\326\250\217\332Q\256v\253\337\244\012\013zF\354"
         "\363\235\004\252]\273\004\271S6\262i)\301W\364/\374\312:\366W\322ABS\377$\034\351"
         "\257a\2545\366\270\261|5\003\250\001\030`\002H\000\000\000\000\000\000\000\000\003Pa"
         "aaaaaaaaaaaaaaa\004\201b**\005\001\006\202\032i\262\252\300\000\011H\030\242g\314"
         "\277p\306V\015\241\001\203x@4c71684ee95558c62d552953f7f733f6514771d05fac034966ad0241"
         "d2a6319ax@a212646da508b6140c6965357e4a91791ef3a4fc1340616302b879c13443bf8fx@ef15ed39"
         "eb035c2e7f3ed42e5399d01f2c5a0b54ba86dd0f5c22835f035ecf69\204X LqhN\351UX\306-U)S\367"
         "\3673\366QGq\320_\254\003If\255\002A\322\2461\232X y8\331#N\376\002\306\030\246;\011"
         "AB\037\322\370\236\312\366\220VI##l\365\373J\360\014AX@6%\325\227>\030\376\211\272hU"
         "V\007S:\015)\316\256 \2507\367\000)\205\200*\352g\016\311iX\032\361\225\324Q|V\3639"
         "\326\315da\341\264\256\213\376!\314\014\246U@^\376\2452B\010\251\001\030b\002H\000"
         "\000\000\000\000\000\000\000\003Paaaaaaaaaaaaaaaa\004\201b**\005\002\006\202\032i"
         "\262\252\300\000\007PQ9\261W\006\036\215km\252\014\361X\336B\323\011Hx\275^\267\354"
         "\210\011:\015\243\001bHN\002x@9c9b4bcfbb1d0879c19f5e0094bb68dc8d28d356a113f6a88c8d43"
         "2c89b188fd\003x 62626262626262626262626262626262\204X \242\022dm\245\010\266\024\014"
         "ie5~J\221y\036\363\244\374\023@ac\002\270y\3014C\277\217X y8\331#N\376\002\306\030"
         "\246;\011AB\037\322\370\236\312\366\220VI##l\365\373J\360\014AX@\017!\001\333\346r"
         "\177\302\022;8+\275L\207\251\042\237\314\267\355\011\256\333\205`\350\3074\3342!8"
         "\362\222\200\005\257Q\005/D2\331X\013!\370j\321\3130\253l\077qH\077B<\033x^\016\251"
         "\001\030a\002H\000\000\000\000\000\000\000\000\003Paaaaaaaaaaaaaaaa\004\201b**\005"
         "\003\006\202\032i\262\252\300\000\007P+\326\005A0\344\0159\215vC\320\324iJ\224\011Hy"
         "\304\2323\201\333M\251\015\241\001x@2bd6054130e40d398d7643d0d4694a944b8d84bae705f674"
         "3ae2e569ed275996\204X \234\233K\317\273\035\010y\301\237^\000\224\273h\334\215(\323V"
         "\241\023\366\250\214\215C,\211\261\210\375X y8\331#N\376\002\306\030\246;\011AB\037"
         "\322\370\236\312\366\220VI##l\365\373J\360\014AX@\004i\353\237#\262+\243\367\227\342"
         "\177\353\215I\312\003\006\211\271\024U\265#/f\014\035e\203\242\370\301'^\266\007\200"
         "\031\011#\223\316x<\3447v\256q\336\006\217\306\177\241A\010\357\216\023\255\346\002"
         "\250\001\030c\002H\000\000\000\000\000\000\000\000\003Pbbbbbbbbbbbbbbbb\004\201b**"
         "\005\001\006\202\032i\262\252\300\000\011HZu\271\362_\262\224\341\015\247\001x 62626"
         "262626262626262626262626262\002x@6f27d6fcfaa2e612b763566caba7ae89a538d2d1fb350686385"
         "a5983be1173cd\003eHNTGU\004kDirectorate\005bHN\006kTegucigalpa\007kdirectorate\204X "
         "o'\326\374\372\242\346\022\267cVl\253\247\256\211\2458\322\321\3735\006\2068ZY\203"
         "\276\021s\315X y8\331#N\376\002\306\030\246;\011AB\037\322\370\236\312\366\220VI##l"
         "\365\373J\360\014AX@\353v\242\020o\257[\001\272\2334\221\255\307\360.\353\362\350Yj"
         "\223o\024\215\237\222\213,X\225\270\015.\377\012\347\204H\305\034[o} \271q\036Z\347"
         "\366]`\251n\305\233\000\300~\303[\362\014\251\001\030d\002H\000\000\000\000\000\000"
         "\000\000\003Pbbbbbbbbbbbbbbbb\004\201b**\005\002\006\202\032i\262\252\300\000\007P"
         "\272\270Q\327'f\352\214Z\355a\206\304\315/z\011HGE\272\014\303\042\004\321\015\242"
         "\001x@9c9b4bcfbb1d0879c19f5e0094bb68dc8d28d356a113f6a88c8d432c89b188fd\002j2026-06-1"
         "2\204X o'\326\374\372\242\346\022\267cVl\253\247\256\211\2458\322\321\3735\006\2068Z"
         "Y\203\276\021s\315X y8\331#N\376\002\306\030\246;\011AB\037\322\370\236\312\366\220V"
         "I##l\365\373J\360\014AX@\030\244\234\210r`\265\251 \364E]aB\265\032\364\374\236\204"
         "\033m\252\077\235rjS@\325\341\030\010\022\312\337\030\210g\353\234\260\001\337\235"
         "\266\255\007\025\350\351B\365\2448\240u<\242Rj\351r\014\251\001\030j\002H\000\000"
         "\000\000\000\000\000\000\003Pbbbbbbbbbbbbbbbb\004\201b**\005\003\006\202\032i\262"
         "\252\300\000\007P\374Fy\257[+\020E\020\022\341\352\2008;6\011H\315B\320\237\362\004"
         "\012-\015\242\001j2026-03-12\004\201\244dable\365dcityaXdkindgembassygcountrybAE\204"
         "X LqhN\351UX\306-U)S\367\3673\366QGq\320_\254\003If\255\002A\322\2461\232X y8\331#N"
         "\376\002\306\030\246;\011AB\037\322\370\236\312\366\220VI##l\365\373J\360\014AX@\314"
         "\000\234m\017\212-P^\202\3657J\246X\337\012\200\3019\263A>d\233j\370\211\353\301\010"
         "WO\243\276\347\034\267\232\233\375\373U\236\026\253\307\226Q\024\032\274\253\334\371"
         "Hq\004\212\342~G\351\010\251\001\030l\002H\000\000\000\000\000\000\000\000\003Paaaaa"
         "aaaaaaaaaaa\004\201b**\005\004\006\202\032i\262\252\300\000\007PN\013V\031\322\077K"
         "\234\344\0139+\216Y\211\304\011HB\311\247XU\370\233\346\015\244\001\001\002x@7df880b"
         "7a83fed5aa65b4b18938f8ee83900262f7dbb8b7d61c0db322eca1d0f\003j2026-12-31\005\201x@ba"
         "b851d72766ea8c5aed6186c4cd2f7aaaaf7762e5e1122851c6b23a555a99c8\204X \357\025\3559"
         "\353\003\134.\177>\324.S\231\320\037,Z\013T\272\206\335\017\134\042\203_\003^\317iX "
         "y8\331#N\376\002\306\030\246;\011AB\037\322\370\236\312\366\220VI##l\365\373J\360"
         "\014AX@\250'\2307\314.V\246\366I%\357\215\246\365\023H\207\204\314U\270d\274K/\276"
         "\354M\251\030\2724\2178\346'/S\023U\024\023\227E\177\313/#\033\353v\265sq'\277\302}P"
         "M\255\336\013\251\001\030a\002H\000\000\000\000\000\000\000\000\003Paaaaaaaaaaaaaaaa"
         "\004\201b**\005\005\006\202\032i\262\252\300\000\007P~\034o=Ct\350\256B/\012\367\264"
         "\004^V\011H\3544\3208\353@\233\350\015\241\001x@7e1c6f3d4374e8ae422f0af7b4045e569b76"
         "d22b07672d00715e584dcb438719\204X \234\233K\317\273\035\010y\301\237^\000\224\273h"
         "\334\215(\323V\241\023\366\250\214\215C,\211\261\210\375X y8\331#N\376\002\306\030"
         "\246;\011AB\037\322\370\236\312\366\220VI##l\365\373J\360\014AX@\277 \134M\203\226`"
         "\200\177\356\307\252\220\042\322\227\322\353=\323\337\323\220\3603L\353\327^\264\251"
         "\327\363|\014\017\353\257Ia\015\365\364\275\314/E\271\327f\332\207\357\021\362>\316f"
         "x\374\021\360\321\003\251\001\030f\002H\000\000\000\000\000\000\000\000\003Pbbbbbbbb"
         "bbbbbbbb\004\201b**\005\004\006\202\032i\262\252\300\000\007PuO\030\255\346\234\301"
         "\212\313\364(\237\264\223\320\304\011Hi$lF3a\134L\015\243\001x@6f27d6fcfaa2e612b7635"
         "66caba7ae89a538d2d1fb350686385a5983be1173cd\002\201\243dcasep0000000000000000dhashx "
         "754f18ade69cc18acbf4289fb493d0c4hsequence\002\003fstolen"),
    SEEDS_END,
};

static const char *const list[] = {"adr\1", "\x84",     "\x58\x20", "\x58\x40",
                                   "\x81",  "\x18\x60", "\x18\x65", "\x18\x66",
                                   "**",    "HN",       "a0",       NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(directory, run) = {"directory", run, seeds, words, fuzz_mutate_bytes, 3000};
