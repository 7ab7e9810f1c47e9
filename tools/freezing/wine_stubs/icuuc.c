/* For tests under wine only: Windows 10 has an icuuc.dll, wine 8 has none, and Qt6Core imports it.
   Each function says that there is no such converter; the program uses UTF-8, which Qt does itself.
   It lies in the prefix's system32 and must never get into a bundle. */
#define GIVEN __declspec(dllexport)
typedef int UErrorCode;
static void none(UErrorCode *error) { if (error) *error = 16; /* U_UNSUPPORTED_ERROR */ }
GIVEN void *ucnv_open(const char *name, UErrorCode *e) { none(e); return 0; }
GIVEN void ucnv_close(void *c) {}
GIVEN void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
GIVEN void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
GIVEN void ucnv_reset(void *c) {}
GIVEN signed char ucnv_getMaxCharSize(void *c) { return 1; }
GIVEN const char *ucnv_getName(void *c, UErrorCode *e) { none(e); return 0; }
GIVEN void ucnv_getToUCallBack(void *c, void **f, void **d) { if (f) *f = 0; if (d) *d = 0; }
GIVEN void ucnv_getFromUCallBack(void *c, void **f, void **d) { if (f) *f = 0; if (d) *d = 0; }
GIVEN void ucnv_setToUCallBack(void *c, void *f, void *d, void *of, void *od, UErrorCode *e) { none(e); }
GIVEN void ucnv_setFromUCallBack(void *c, void *f, void *d, void *of, void *od, UErrorCode *e) { none(e); }
GIVEN void ucnv_cbToUWriteUChars(void *a, void *b, int n, int o, UErrorCode *e) { none(e); }
GIVEN void ucnv_cbFromUWriteUChars(void *a, void *b, void *s, int o, UErrorCode *e) { none(e); }
GIVEN void ucnv_toUnicode(void *c, void *t, void *tl, void *s, void *sl, void *o, signed char f,
                          UErrorCode *e) { none(e); }
GIVEN void ucnv_fromUnicode(void *c, void *t, void *tl, void *s, void *sl, void *o, signed char f,
                            UErrorCode *e) { none(e); }
GIVEN int ucnv_toUCountPending(void *c, UErrorCode *e) { return 0; }
GIVEN int ucnv_fromUCountPending(void *c, UErrorCode *e) { return 0; }
GIVEN const char *ucnv_getStandardName(const char *n, const char *s, UErrorCode *e) { none(e); return 0; }
GIVEN const char *ucnv_getAvailableName(int n) { return 0; }
GIVEN int ucnv_countAvailable(void) { return 0; }
