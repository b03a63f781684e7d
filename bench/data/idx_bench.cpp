#include "data/idx_files.hpp"
#include "mend/data/idx.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// Bytes are those of the pixels, packed or not.
bool add_read(const std::string& name, bool gzipped) {
  return add("data/read_idx/" + name, {0, image_count * pixels}, [gzipped] {
    return [files = std::make_shared<IdxFiles>(gzipped)] { return mend::read_idx(files->images())[0]; };
  });
}

const bool plain = add_read("plain", false);
const bool packed = add_read("gzipped", true);

}  // namespace
