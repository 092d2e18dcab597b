/* SPDX-License-Identifier: MIT */
/*
 * The program that the harness is tried on: a curses screen with one line to type into. It shows
 * what it is given, asks the terminal a question (F2), works a while in a thread (F3),
 * and ends (F4: with status 3; F6: by a crash).
 */
#include <curses.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { ANSWER = KEY_MAX + 1, PASTE, PASTED };

static char text[256];
static size_t length;

static void paint(const char *message)
{
    erase();
    mvprintw(0, 0, "sample %dx%d", LINES, COLS);
    attron(A_REVERSE);
    mvaddstr(1, 0, "chosen");
    attroff(A_REVERSE);
    attron(A_BOLD);
    mvaddstr(1, 10, "bold");
    attroff(A_BOLD);
    mvprintw(2, 0, "%s", message);
    mvprintw(3, 0, "> %s", text);
    refresh();
}

/* About 50 ms of work that does not look at the terminal. */
static void *work(void *arg)
{
    volatile unsigned long *sum = arg;

    for (unsigned long i = 0; i < 20000000; i++)
        *sum += i;
    return NULL;
}

static void work_in_thread(void)
{
    pthread_t thread;
    unsigned long sum = 0;

    if (pthread_create(&thread, NULL, work, &sum) == 0)
        pthread_join(thread, NULL);
    paint("worked");
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    if (argc > 1 && strcmp(argv[1], "--private") == 0)
        prctl(PR_SET_DUMPABLE, 0);
    initscr();
    endwin();
    refresh();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    set_escdelay(50);
    define_key("\033[0n", ANSWER);
    define_key("\033[200~", PASTE);
    define_key("\033[201~", PASTED);
    putp("\033[?2004h");
    fflush(stdout);
    paint("ready");
    for (;;) {
        wint_t key;
        int kind = get_wch(&key);
        if (kind == ERR)
            return 4;
        if (kind == KEY_CODE_YES) {
            switch (key) {
            case KEY_F(2):
                putp("\033[5n");
                fflush(stdout);
                break;
            case ANSWER:
                paint("answered");
                break;
            case PASTE:
                paint("pasting");
                break;
            case KEY_F(3):
                work_in_thread();
                break;
            case KEY_F(4):
                endwin();
                return 3;
            case KEY_F(6):
                abort();
            case KEY_RESIZE:
                paint("resized");
                break;
            default:
                break;
            }
        } else if (key == 0x1B) {
            paint("escape");
        } else if (length + MB_CUR_MAX < sizeof text) {
            int size = wctomb(text + length, (wchar_t)key);
            length += size > 0 ? (size_t)size : 0;
            text[length] = '\0';
            mvprintw(3, 0, "> %s", text);
            refresh();
        }
    }
}
