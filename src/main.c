/* SPDX-License-Identifier: MIT */
/* argv to command, and the locale; nothing else. */
#include <locale.h>

int main(void)
{
    setlocale(LC_ALL, "");
    return 0;
}
