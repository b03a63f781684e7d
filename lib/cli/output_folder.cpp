#include "cli/output_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

#include "mend/tensor/error.hpp"

namespace mend::cli {

void make_output_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder, error))
    throw Error("cannot make the output folder '" + folder.string() + "'" +
                (error ? ": " + error.message() : "") + "; name another with --out DIR");
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
    throw Error("cannot write into the output folder '" + folder.string() +
                "': change its permissions or name another with --out DIR");
}

}  // namespace mend::cli
