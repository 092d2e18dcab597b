/* SPDX-License-Identifier: MIT */
#include "amparo/store/directory.h"

json_t *store_directory_slice(struct store *store, const char *receiving_state, const char *on,
                              struct error *err)
{
    (void)store;
    (void)receiving_state;
    (void)on;
    (void)err;
    return json_pack("{s:{s:s}, s:{}, s:{}, s:[]}", "instrument", "status", "pilot", "parties",
                     "lists", "posts");
}
