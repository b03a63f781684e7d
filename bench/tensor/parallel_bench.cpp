#include "mend/tensor/parallel.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// What it costs to call the threads together, with nothing for them to do.
const bool call = add_threaded("tensor/parallel_for/empty", {},
                               [] { return [] { mend::parallel_for(8, [](std::size_t) {}); }; });

}  // namespace
