#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace bench {

/// A folder with a data set in the files of MNIST, generated: so that reading is measured where there is no MNIST.
class IdxFiles {
 public:
  /// Writes the files, as many images as bench::images(). \param gzipped  as MNIST is handed out
  explicit IdxFiles(bool gzipped);
  ~IdxFiles();  ///< Removes them.
  IdxFiles(const IdxFiles&) = delete;
  IdxFiles& operator=(const IdxFiles&) = delete;
  const std::filesystem::path& folder() const { return folder_; }  ///< Where they are.
  std::filesystem::path images() const;                            ///< That of the training images.

 private:
  std::filesystem::path folder_;
  std::string ending_;
};

}  // namespace bench
