// A .npy file: what was read, saved and read again, has the same shape, type and bits.
#include "mend/files/npy.hpp"

#include "fuzz/target.hpp"
#include "mend/files/atomic_file.hpp"

namespace mend::fuzz {

std::vector<std::string> seeds() {
  std::vector<std::string> files;
  for (const StoredTensor& tensor :
       {StoredTensor(Tensor<float>({2, 3}, 0.5f)), StoredTensor(Tensor<double>({1, 2, 1, 2}, -1.0)),
        StoredTensor(Tensor<std::uint8_t>({5}, std::uint8_t{200})), StoredTensor(Tensor<float>({0, 7}))}) {
    save_npy(scratch("seed"), tensor);
    files.push_back(read_file(scratch("seed")));
  }
  return files;
}

bool try_input(const std::string& bytes) {
  const auto read = attempt([&] { return load_npy(file_of(bytes)); });
  if (!read) return false;
  const std::string_view elements = element_bytes(*read);
  require(bytes.ends_with(elements), "the elements are the last bytes of the file");
  save_npy(scratch("again"), *read);
  const StoredTensor back = load_npy(scratch("again"));
  require(back.index() == read->index() && element_bytes(back) == elements, "nothing is lost on the way");
  save_npy(scratch("twice"), back);
  require(read_file(scratch("twice")) == read_file(scratch("again")), "saved again it is saved as the same");
  return true;
}

}  // namespace mend::fuzz
