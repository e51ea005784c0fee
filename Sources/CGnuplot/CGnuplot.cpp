#include "CGnuplot.h"

#include <gnuplot-iostream.h>

#include <iomanip>
#include <ios>
#include <memory>
#include <string>

struct cgnuplot_script {
  /// gnuplot-iostream writes to a file, instead of to a pipe, when the command begins with ">".
  explicit cgnuplot_script(const std::string &path) : stream(">" + path) {
    stream << std::defaultfloat << std::setprecision(significant_digits);
  }

  /// Nine digits tell any two float32 values apart, and no picture shows more.
  static constexpr int significant_digits = 9;

  gnuplotio::Gnuplot stream;
};

namespace {

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
  return guarded(CGNUPLOT_CANNOT_OPEN, [&] {
    *script = std::make_unique<cgnuplot_script>(path).release();
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
