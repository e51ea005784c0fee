#ifndef CGNUPLOT_H
#define CGNUPLOT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A gnuplot script that is being written by gnuplot-iostream.
typedef struct cgnuplot_script cgnuplot_script;

/// How a call ended. No exception ever leaves this library.
typedef enum cgnuplot_status {
  CGNUPLOT_OK = 0,
  /// The file could not be created.
  CGNUPLOT_CANNOT_OPEN = 1,
  /// The text did not reach the file: disk full, or the file system failed.
  CGNUPLOT_CANNOT_WRITE = 2,
  /// No memory, or another exception of the C++ library.
  CGNUPLOT_OUT_OF_RESOURCES = 3
} cgnuplot_status;

/// Creates the script file `path` in place of what bears that name, without following a link; `*script`
/// is set on success only.
cgnuplot_status cgnuplot_open(const char *path, cgnuplot_script **script);

/// Appends `line` and a line feed.
cgnuplot_status cgnuplot_command(cgnuplot_script *script, const char *line);

/// Appends the named data block `$name`, one line a row: its numbers, then its label in quotes.
///
/// `values` is row-major, `row_count` times `column_count`; not-a-number is written as `nan`.
/// `labels` is null or holds one text a row, without quotes and line feeds.
cgnuplot_status cgnuplot_block(cgnuplot_script *script, const char *name, const double *values,
                               size_t row_count, size_t column_count, const char *const *labels);

/// Writes what is still buffered, closes the file and frees the script, whatever the status.
cgnuplot_status cgnuplot_close(cgnuplot_script *script);

/// Runs the program `arguments[0]`, looked up on the search path, in `folder`, and waits for it.
///
/// `arguments` ends with null. The program's input is empty; both its outputs go to the new file
/// `log`, relative to `folder`. Returns 0 and sets `*exit_status` (128 plus the signal's number when one
/// ended it), or the error number of what kept it from starting, ENOENT for no such program.
int cgnuplot_run(char *const *arguments, const char *folder, const char *log, int *exit_status);

#ifdef __cplusplus
}
#endif

#endif
