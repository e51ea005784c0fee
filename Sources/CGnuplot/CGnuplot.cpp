#include "CGnuplot.h"

#include <gnuplot-iostream.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <iomanip>
#include <ios>
#include <memory>
#include <string>

struct cgnuplot_script {
  /// gnuplot-iostream takes over the file and closes it.
  explicit cgnuplot_script(std::FILE *file) : stream(file) {
    stream << std::defaultfloat << std::setprecision(significant_digits);
  }

  /// Nine digits tell any two float32 values apart, and no picture shows more.
  static constexpr int significant_digits = 9;

  gnuplotio::Gnuplot stream;
};

namespace {

/// A new file of that name; what was there before, a link to another file perhaps, is only unnamed.
std::FILE *new_file(const char *path) noexcept {
  unlink(path);
  const int descriptor =
      open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (descriptor < 0) return nullptr;
  std::FILE *file = fdopen(descriptor, "w");
  if (file == nullptr) close(descriptor);
  return file;
}

/// Runs `work` and makes a status of every way in which it can end.
template <typename Work>
cgnuplot_status guarded(cgnuplot_status failure, Work work) noexcept {
  try {
    return work() ? CGNUPLOT_OK : failure;
  } catch (const std::ios_base::failure &) {
    return failure;
  } catch (...) {
    return CGNUPLOT_OUT_OF_RESOURCES;
  }
}

}  // namespace

cgnuplot_status cgnuplot_open(const char *path, cgnuplot_script **script) {
  std::FILE *file = new_file(path);
  if (file == nullptr) return CGNUPLOT_CANNOT_OPEN;
  return guarded(CGNUPLOT_OUT_OF_RESOURCES, [&] {
    *script = std::make_unique<cgnuplot_script>(file).release();
    return true;
  });
}

cgnuplot_status cgnuplot_command(cgnuplot_script *script, const char *line) {
  return guarded(CGNUPLOT_CANNOT_WRITE, [&] {
    script->stream << line << '\n';
    return script->stream.good();
  });
}

cgnuplot_status cgnuplot_block(cgnuplot_script *script, const char *name, const double *values,
                               size_t row_count, size_t column_count, const char *const *labels) {
  return guarded(CGNUPLOT_CANNOT_WRITE, [&] {
    auto &stream = script->stream;
    stream << '$' << name << " << EOD\n";
    for (size_t row = 0; row < row_count; ++row) {
      for (size_t column = 0; column < column_count; ++column) {
        if (column > 0) stream << ' ';
        gnuplotio::TextSender<double>::send(stream, values[row * column_count + column]);
      }
      if (labels != nullptr) stream << " \"" << labels[row] << '"';
      stream << '\n';
    }
    stream << "EOD\n";
    return stream.good();
  });
}

cgnuplot_status cgnuplot_close(cgnuplot_script *script) {
  const std::unique_ptr<cgnuplot_script> owner(script);
  return guarded(CGNUPLOT_CANNOT_WRITE, [&] {
    script->stream.flush();
    return script->stream.good();
  });
}
