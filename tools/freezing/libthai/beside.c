/* The dictionary of libthai lies beside the library, wherever that was put.

   libthai asks LIBTHAI_DICTDIR and then a folder that was fixed when it was compiled. It is
   compiled here with -Dtrie_new_from_file=dictionary_beside, so that both questions come to this
   function, which answers neither: it opens thbrk.tri in the folder of the library itself. The
   sources of libthai and libdatrie stay as they are. */

#ifndef _WIN32
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#else
#include <windows.h>
#endif
#include <stdio.h>

#include <datrie/trie.h>

#define LONGEST 32768

#ifdef _WIN32

/* Wide names: a folder with Thai letters cannot be opened by fopen on an English Windows. */
extern IMAGE_DOS_HEADER __ImageBase;

static FILE *
open_beside (void)
{
    static wchar_t name[LONGEST];
    static const wchar_t dictionary[] = L"thbrk.tri";
    const DWORD room = LONGEST - sizeof dictionary / sizeof *dictionary;
    DWORD length = GetModuleFileNameW ((HINSTANCE) &__ImageBase, name, room);

    if (length == 0 || length >= room)
        return NULL;
    while (length > 0 && name[length - 1] != L'\\' && name[length - 1] != L'/')
        length--;
    wcscpy (name + length, dictionary);
    return _wfopen (name, L"rb");
}

#else

static FILE *
open_beside (void)
{
    static const char dictionary[] = "thbrk.tri";
    Dl_info library;
    const char *slash;
    size_t folder;
    char *name;
    FILE *file;

    if (!dladdr ((void *) open_beside, &library) || !library.dli_fname)
        return NULL;
    slash = strrchr (library.dli_fname, '/');
    folder = slash ? (size_t) (slash - library.dli_fname) + 1 : 0;
    name = malloc (folder + sizeof dictionary);
    if (!name)
        return NULL;
    memcpy (name, library.dli_fname, folder);
    memcpy (name + folder, dictionary, sizeof dictionary);
    file = fopen (name, "rb");
    free (name);
    return file;
}

#endif

Trie *
dictionary_beside (const char *asked)
{
    FILE *file = open_beside ();
    Trie *words;

    (void) asked;
    if (!file)
        return NULL;
    words = trie_fread (file);
    fclose (file);
    return words;
}
