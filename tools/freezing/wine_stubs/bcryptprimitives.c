/* For tests under wine only: Windows has a bcryptprimitives.dll, wine 8 has none, and Qt6Pdf takes
   its dice from there (LoadLibrary) and stops the program where it is missing.
   It lies in the prefix's system32 and must never get into a bundle. */
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); /* RtlGenRandom */
__declspec(dllexport) BOOL ProcessPrng(PBYTE dice, SIZE_T size)
{
    return SystemFunction036(dice, (ULONG)size);
}
