// The malloc family of the C library, counting calls and bytes by thread.
#include "cmeasure.h"

#include <stddef.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer) && \
    !__has_feature(thread_sanitizer)
#include <errno.h>
#include <malloc.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static _Thread_local int64_t calls, bytes;

int64_t allocation_count(void) { return calls; }

int64_t allocated_bytes(void) { return bytes; }

// Counts a call that was given a block.
static void *counted(void *block) {
  calls++;
  bytes += (int64_t)malloc_usable_size(block);
  return block;
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }

void *calloc(size_t count, size_t size) { return counted(__libc_calloc(count, size)); }

void *realloc(void *old, size_t size) {
  int64_t before = (int64_t)malloc_usable_size(old);
  void *block = __libc_realloc(old, size);
  if (block || size == 0) bytes -= before;
  return counted(block);
}

void *aligned_alloc(size_t alignment, size_t size) {
  return counted(__libc_memalign(alignment, size));
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = counted(__libc_memalign(alignment, size));
  return *result ? 0 : ENOMEM;
}

void free(void *block) {
  bytes -= (int64_t)malloc_usable_size(block);
  __libc_free(block);
}

#else

int64_t allocation_count(void) { return -1; }

int64_t allocated_bytes(void) { return 0; }

#endif
