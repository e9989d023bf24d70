/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What libraries allocate as they are loaded is nobody's leak, such as GLib's table of quarks,
// which is replaced by a larger one and kept. Told by the time, because telling it by the stack
// would need deep stacks, which take the greater part of a sanitized test's time.

#include <sanitizer/lsan_interface.h>

// Before any library's constructors.
__attribute__ ((section (".preinit_array"),
                used)) static void (*const before_libraries) (void) = __lsan_disable;

__attribute__ ((constructor)) static void after_libraries (void)
{
  __lsan_enable ();
}
