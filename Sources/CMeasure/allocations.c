// The malloc family of the C library, counting calls and bytes by thread.
#include "cmeasure.h"

#include <stddef.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer) && \
    !__has_feature(thread_sanitizer)
#include <errno.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static _Thread_local int64_t calls;
static _Thread_local int64_t bytes;

int64_t allocation_count(void) { return calls; }

int64_t allocated_bytes(void) { return bytes; }

void *malloc(size_t size) {
  calls++;
  bytes += (int64_t)size;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  calls++;
  bytes += (int64_t)(count * size);
  return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  calls++;
  bytes += (int64_t)size;
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  calls++;
  bytes += (int64_t)size;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  calls++;
  bytes += (int64_t)size;
  *result = __libc_memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}

#else

int64_t allocation_count(void) { return -1; }

int64_t allocated_bytes(void) { return -1; }

#endif
